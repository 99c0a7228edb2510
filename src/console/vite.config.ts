import preact from '@preact/preset-vite'
import { defineConfig } from 'vite'

export default defineConfig({
  base: './',
  plugins: [preact()],
  build: {
    outDir: '../../dist/console',
    emptyOutDir: true,
    target: 'es2022',
    // The page's policy allows files of ours and nothing inline.
    assetsInlineLimit: 0,
    modulePreload: false,
  },
})
