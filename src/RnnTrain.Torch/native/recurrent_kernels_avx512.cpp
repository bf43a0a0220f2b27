// The kernels for processors with AVX-512; CMakeLists.txt gives this file its instruction set.
#if defined(__x86_64__)
#define RNT_UNITS 16
#define RNT_ROWS 6
#define RNT_KERNELS recurrent_kernels_avx512
#include "recurrent_kernels.inc"
#endif
