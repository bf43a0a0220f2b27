// The kernels for any processor. Where it has 32 vector registers, as every arm64 has, a tile is twice as high.
#define RNT_UNITS 4
#if defined(__aarch64__)
#define RNT_ROWS 6
#else
#define RNT_ROWS 3
#endif
#define RNT_KERNELS recurrent_kernels_plain
#include "recurrent_kernels.inc"
