// Keeps signals away from oneDNN: its sgemm (2.6.3, on AVX2 and AVX-512) keeps data so far below the stack pointer that the frame the kernel
// pushes for a signal handler overwrites it. What follows is a corrupted heap: measured with one dnnl_sgemm after the other and a timer's
// signal every half millisecond, and no fault where the handler runs on a stack of its own.
#pragma once

#include <omp.h>

#ifndef _WIN32
#include <pthread.h>
#include <signal.h>
#endif

namespace rnt {

#ifdef _WIN32
class SignalGuard {};
inline void keep_signals_from_workers(int) {}
#else

// All signals but those of faults, which come from the thread's own instructions.
inline sigset_t asynchronous_signals() {
  sigset_t set;
  sigfillset(&set);
  for (const int fault : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGABRT, SIGSYS}) sigdelset(&set, fault);
  return set;
}

// While it lives, this thread gets none of them; a signal to the process goes to another thread, one to the thread waits.
class SignalGuard {
 public:
  SignalGuard() {
    const sigset_t set = asynchronous_signals();
    pthread_sigmask(SIG_BLOCK, &set, &before_);
  }
  ~SignalGuard() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  SignalGuard(const SignalGuard&) = delete;
  SignalGuard& operator=(const SignalGuard&) = delete;

 private:
  sigset_t before_;
};

// The same for good in the OpenMP threads that work for this one; those of real time stay, since .NET stops managed code by one of them.
inline void keep_signals_from_workers(int count) {
  thread_local int kept = 1;
  if (count <= kept) return;
  kept = count;
#pragma omp parallel num_threads(count)
  if (omp_get_thread_num() != 0) {
    sigset_t set = asynchronous_signals();
    for (int signal = SIGRTMIN; signal <= SIGRTMAX; signal++) sigdelset(&set, signal);
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
  }
}
#endif

}  // namespace rnt
