/** The package describes its converters only; this table is part of its published paths. */
declare module 'opencc-js/dict/TSCharacters' {
  /** `繁 简|…`, the first simplified form is the usual one. */
  const pairs: string
  export default pairs
}
