/** The package ships types for its converters only; its dictionaries are plain strings: `key value|key value…`. */
declare module 'opencc-js/dict/TSCharacters' {
  const pairs: string
  export default pairs
}
