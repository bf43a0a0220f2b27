// What every file of this library uses: how functions are exported and fail, how many threads they use, how loops are compiled.
#pragma once

#include <oneapi/dnnl/dnnl.h>
#include <omp.h>

#include <cstdint>
#include <stdexcept>
#include <string>

#include "signals.h"

#define RNT_API extern "C" __attribute__((visibility("default")))

// A loop with this mark is compiled once an instruction set, and the processor's best is taken at run time. Lambdas inside do not
// inherit it, so OpenMP regions stand outside: a marked function does one thread's share.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define RNT_CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define RNT_CLONES
#endif

namespace rnt {

// The message of the last failure on this thread.
void set_error(const char* message);

// The number of threads of every call; rnt_set_threads sets it.
int threads();

// Runs the body of an exported function, undisturbed by signals: 0, or -1 with the message kept for rnt_last_error.
template <class Body>
int guarded(Body&& body) {
  keep_signals_from_workers(threads());
  const SignalGuard undisturbed;
  try {
    body();
    return 0;
  } catch (const std::exception& failure) {
    set_error(failure.what());
  } catch (...) {
    set_error("unknown failure");
  }
  return -1;
}

inline void check(dnnl_status_t status, const char* what) {
  if (status != dnnl_success) throw std::runtime_error(std::string("oneDNN: ") + what + " failed with status " + std::to_string(status));
}

// While it lives, OpenMP regions of this thread, oneDNN's among them, use that number of threads.
class ThreadGuard {
 public:
  ThreadGuard() : before_(omp_get_max_threads()) {
    if (before_ != threads()) omp_set_num_threads(threads());
  }
  ~ThreadGuard() {
    if (before_ != threads()) omp_set_num_threads(before_);
  }
  ThreadGuard(const ThreadGuard&) = delete;
  ThreadGuard& operator=(const ThreadGuard&) = delete;

 private:
  int before_;
};

// C [m, n] = A [m, k] · B [k, n] + beta · C, row after row; a transposed operand is stored as [k, m] or [n, k].
// A leading dimension is the distance between two stored rows. The caller holds a ThreadGuard.
inline void sgemm(bool transposed_a, bool transposed_b, int64_t m, int64_t n, int64_t k, const float* a, int64_t lda, const float* b,
                  int64_t ldb, float beta, float* c, int64_t ldc) {
  check(dnnl_sgemm(transposed_a ? 'T' : 'N', transposed_b ? 'T' : 'N', m, n, k, 1.0f, a, lda, b, ldb, beta, c, ldc), "sgemm");
}

}  // namespace rnt
