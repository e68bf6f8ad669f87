/** Some 120 KB of text: two of LZ4's blocks of 64 KiB. */
export const ADS = Buffer.from(Array.from({ length: 20_000 }, (_, index) => `ad ${index % 50}\n`).join(''))

/** Frames of `content`, in base64, by liblz4 (python-lz4 4.4.5); `checksumFromEnd` is where a byte of a checksum stands. */
export const LZ4_FRAMES = {
  'dependent blocks, all checksums, content size': {
    frame: [
      'BCJNGFxAIMUBAAAAAABu6AEAAPEiYWQgMAphZCAxCmFkIDIKYWQgMwphZCA0CmFkIDUKYWQgNgphZCA3CmFkIDgKYWQgOS0AAjMA',
      'ATQAETE1ABExNgARMTcAETE4ABExOQARMToAETE7ABExPAARMjwAETI8ABEyPAARMjwAETI8ABEyPAARMjwAETI8ABEyPAARMjwA',
      'ETM8ABEzPAARMzwAETM8ABEzPAARMzwAETM8ABEzPAARMzwAETM8ABE0PAARNDwAETQ8ABE0PAARNDwAETQ8ABE0PAARNDwAETQ8',
      'ABE0PAABOwABOgABOQACOAAPIgH/////////////////////////////////////////////////////////////////////////',
      '////////////////////////////////////////////////////////////////////////////////////////////////////',
      '////////////////////////////////////////////////////////////////////////////////////////////////////',
      '//////////////////////////////////////////////////////////////////+tUDQ4CmFk9mGdAc8AAAAP4v7/////////',
      '////////////////////////////////////////////////////////////////////////////////////////////////////',
      '////////////////////////////////////////////////////////////////////////////////////////////////////',
      '/////////////////////////////////////////////////////81QZCA0OQocoHBIAAAAABnJJKs=',
    ].join(''),
    content: ADS,
    checksumFromEnd: 1,
  },
  'independent blocks, content checksum': {
    frame: [
      'BCJNGGRAp/IBAACQYWQgMAphZCAxBQAQMgUAEDMFABA0BQAQNQUAEDYFABA3BQAQOAUAEDkFABIxMwABNAARMTUAETE2ABExNwAR',
      'MTgAETE5ABExOgARMTsAETE8ABEyPAARMjwAETI8ABEyPAARMjwAETI8ABEyPAARMjwAETI8ABEyPAARMzwAETM8ABEzPAARMzwA',
      'ETM8ABEzPAARMzwAETM8ABEzPAARMzwAETQ8ABE0PAARNDwAETQ8ABE0PAARNDwAETQ8ABE0PAARNDwAETQ8AAE7AAE6AAE5AAI4',
      'AAAJAQE2AAE1AAE0AAEzAAEyAA8iAf//////////////////////////////////////////////////////////////////////',
      '////////////////////////////////////////////////////////////////////////////////////////////////////',
      '////////////////////////////////////////////////////////////////////////////////////////////////////',
      '/////////////////////////////////////////////////////////////////////5BQNDgKYWSXAQAAgCA0OQphZCAwBQAQ',
      'MQUAEDIFABAzBQAQNAUAEDUFABA2BQAQNwUAEDgFAAEyABIxMwABNAARMTUAETE2ABExNwARMTgAETE5ABExOgARMTsAETE8ABEy',
      'PAARMjwAETI8ABEyPAARMjwAETI8ABEyPAARMjwAETI8ABEyPAARMzwAETM8ABEzPAARMzwAETM8ABEzPAARMzwAETM8ABEzPAAR',
      'MzwAETQ8ABE0PAARNDwAETQ8ABE0PAARNDwAETQ8ABE0PAARNDwADyIB////////////////////////////////////////////',
      '////////////////////////////////////////////////////////////////////////////////////////////////////',
      '////////////////////////////////////////////////////////////////////////////////////////////////////',
      '/////////////////6lQZCA0OQoAAAAAGckkqw==',
    ].join(''),
    content: ADS,
    checksumFromEnd: 1,
  },
  'block checksums only': {
    frame: [
      'BCJNGHBQhK4CAADxImFkIDAKYWQgMQphZCAyCmFkIDMKYWQgNAphZCA1CmFkIDYKYWQgNwphZCA4CmFkIDktAAIzAAE0ABExNQAR',
      'MTYAETE3ABExOAARMTkAETE6ABExOwARMTwAETI8ABEyPAARMjwAETI8ABEyPAARMjwAETI8ABEyPAARMjwAETI8ABEzPAARMzwA',
      'ETM8ABEzPAARMzwAETM8ABEzPAARMzwAETM8ABEzPAARNDwAETQ8ABE0PAARNDwAETQ8ABE0PAARNDwAETQ8ABE0PAARNDwAATsA',
      'AToAATkAAjgADyIB////////////////////////////////////////////////////////////////////////////////////',
      '////////////////////////////////////////////////////////////////////////////////////////////////////',
      '////////////////////////////////////////////////////////////////////////////////////////////////////',
      '////////////////////////////////////////////////////////////////////////////////////////////////////',
      '////////////////////////////////////////////////////////////////////////////////////////////////////',
      '////////////////////////////////////////////////////////////////////////////////////////////////////',
      '////////////////////k1BkIDQ5CswlgosAAAAA',
    ].join(''),
    content: ADS,
    checksumFromEnd: 5,
  },
  'a stored block': {
    frame: 'BCJNGGxAGgAAAAAAAAAWGgAAgGFiY2RlZmdoaWprbG1ub3BxcnN0dXZ3eHl6AAAAAF9NoWM=',
    content: Buffer.from('abcdefghijklmnopqrstuvwxyz'),
    checksumFromEnd: 1,
  },
}

/** The first 8000 bytes of `ADS` as one raw block, in base64, by google/snappy's Rust port (cramjam 2). */
export const SNAPPY_RAW = [
  'wD4gYWQgMAphZCAxAQUAMgEFADMBBQA0AQUANQEFADYBBQA3AQUAOAEFADkBBQAxCTMFNAAxBTUAMQU2ADEFNwAxBTgAMQU5ADEF',
  'OgAxBTsAMQU8ADIFPAAyBTwAMgU8ADIFPAAyBTwAMgU8ADIFPAAyBTwEMjgBcgAyBTwAMwU8ADMFPAAzBTwAMwU8ADMFPAAzBTwA',
  'MwU8ADMFPAAzBTwAMwU8ADQFPAA0BTwANAU8ADQFPAA0BTwANAU8ADQFPAA0BTwANAU8ADQFPAU7BToFOQk4AZcFNgU1BTQFMwUy',
  '/iIB/iIB/iIB/iIB/iIB/iIB/iIB/iIB/iIB/iIB/iIB/iIB/iIB/iIB/iIB/iIB/iIB/iIB/iIB/iIB/iIB/iIB/iIB/iIB/iIB',
  '/iIB/iIB/iIB/iIB/iIB/iIB/iIB/iIB/iIB/iIB/iIB/iIB/iIB/iIB/iIB/iIB/iIB/iIB/iIB/iIB/iIB/iIB/iIB/iIB/iIB',
  '/iIB/iIB/iIB/iIB/iIB/iIB/iIB/iIB/iIB/iIB/iIB/iIB/iIB/iIB/iIB/iIB/iIB/iIB/iIB/iIB/iIB/iIB/iIB/iIB/iIB',
  '/iIB/iIB/iIB/iIB/iIB/iIB/iIB/iIB/iIB/iIB/iIB/iIB/iIB/iIB/iIB/iIB/iIB/iIB/iIB/iIB/iIB/iIB/iIB/iIB/iIB',
  '/iIB/iIB/iIB/iIB/iIB/iIB/iIB/iIB/iIB/iIB/iIB/iIB/iIB/iIB/iIB/iIB/iIB/iIB/iIBoiIB',
].join('')
