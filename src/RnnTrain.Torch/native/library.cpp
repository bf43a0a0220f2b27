// What the library is, its number of threads, and oneDNN's matrix product.
#include "common.h"

#include <atomic>

namespace {

std::atomic<int> thread_count{1};
thread_local std::string last_error;

}  // namespace

namespace rnt {

void set_error(const char* message) { last_error = message; }

int threads() { return thread_count.load(std::memory_order_relaxed); }

}  // namespace rnt

RNT_API const char* rnt_last_error() { return last_error.c_str(); }

// The version of oneDNN that is loaded as 10000 · major + 100 · minor + patch; negative where its major number is not the one that this
// library was compiled for.
RNT_API int rnt_onednn_version() {
  const dnnl_version_t* version = dnnl_version();
  const int number = version->major * 10000 + version->minor * 100 + version->patch;
  return version->major == DNNL_VERSION_MAJOR ? number : -number;
}

RNT_API void rnt_set_threads(int count) { thread_count.store(count < 1 ? 1 : count, std::memory_order_relaxed); }

RNT_API int rnt_threads() { return rnt::threads(); }

// See rnt::sgemm.
RNT_API int rnt_sgemm(int transposed_a, int transposed_b, int64_t m, int64_t n, int64_t k, const float* a, int64_t lda, const float* b,
                      int64_t ldb, float beta, float* c, int64_t ldc) {
  return rnt::guarded([&] {
    rnt::ThreadGuard guard;
    rnt::sgemm(transposed_a != 0, transposed_b != 0, m, n, k, a, lda, b, ldb, beta, c, ldc);
  });
}
