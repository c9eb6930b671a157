/** Names of files that are pictures of pages: the formats that libraries scan to and deliver. */
export const pictureFile = /\.(?:tiff?|jpe?g|png|webp|jp2|jpx|jpf|j2k)$/i
