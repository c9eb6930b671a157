/** Made by the bundler (dictionary-text.ts). */
declare module 'virtual:pinyin-dictionary' {
  const lines: string
  export default lines
}
