// The kernels for processors with AVX2; CMakeLists.txt gives this file its instruction set.
#if defined(__x86_64__)
#define RNT_UNITS 8
#define RNT_ROWS 3
#define RNT_KERNELS recurrent_kernels_avx2
#include "recurrent_kernels.inc"
#endif
