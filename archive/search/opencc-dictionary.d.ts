/** The package ships types for its converters only; its dictionaries are plain strings: `key value|key value…`. */
declare module 'opencc-js/dict/TSCharacters' {
  const pairs: string
  export default pairs
}

declare module 'opencc-js/dict/HKVariantsRev' {
  const pairs: string
  export default pairs
}

declare module 'opencc-js/dict/TWVariantsRev' {
  const pairs: string
  export default pairs
}
