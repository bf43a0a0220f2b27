// What a recurrent call works on: the call as C# makes it, the kernels of this processor, the order in which a ragged batch is worked
// through, and the pieces of the caller's buffers. For recurrent.cpp alone.
#pragma once

#include "common.h"
#include "recurrent_kernels.h"

#include <algorithm>
#include <atomic>
#include <cstring>
#include <numeric>
#include <stdexcept>
#include <vector>

using namespace rnt;

// The same order of fields as in Engines/RecurrentCall.cs.
struct rnt_recurrent {
  int32_t cell;
  int32_t reverse;  // 1: each example is read from its end to its beginning
  int64_t time, batch, input, hidden;
  const int64_t* lengths;  // [batch], null where all are `time`
  const float *x, *w_ih, *w_hh, *b_ih, *b_hh;
  const float *h0, *c0;  // [batch, hidden]
  float* y;              // [time, batch, hidden]; zero beyond an example's length
  float *hn, *cn;        // [batch, hidden]: each example's state after its last step
  float* workspace;      // from the forward pass to the backward pass; null for a forward pass without one after it
  float* scratch;        // of one call
};

struct rnt_recurrent_gradient {
  const float *dy, *dhn, *dcn;        // of the outputs; null where there is none
  float* dx;                          // [time, batch, input]; null where it is not asked for, and so below
  float *dh0, *dc0;                   // [batch, hidden]
  float *dw_ih, *dw_hh, *db_ih, *db_hh;
  float beta_w_ih, beta_w_hh, beta_b_ih, beta_b_hh;  // what the gradient that is there already counts: 0 or 1
};

namespace {

struct InstructionSet {
  const char* name;
  const RecurrentKernels* kernels;
  bool is_here;
};

// The best first.
const std::vector<InstructionSet>& instruction_sets() {
  static const std::vector<InstructionSet> sets{
#if defined(__x86_64__)
      {"avx512", &recurrent_kernels_avx512,
       __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
           __builtin_cpu_supports("avx512vl")},
      {"avx2", &recurrent_kernels_avx2, __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")},
#endif
      {"plain", &recurrent_kernels_plain, true},
  };
  return sets;
}

std::atomic<const InstructionSet*> chosen{nullptr};

const InstructionSet& instructions() {
  if (const InstructionSet* set = chosen.load()) return *set;
  for (const InstructionSet& set : instruction_sets()) {
    if (set.is_here) return set;
  }
  return instruction_sets().back();
}

const RecurrentKernels& kernels() { return *instructions().kernels; }

// Below so many multiplications a step the meeting of threads costs more than it saves.
constexpr int64_t work_for_two = 1 << 16;

struct Plan {
  Cell cell;
  bool reverse, ragged;
  int64_t time, batch, input, hidden, gates, blocks;
  int64_t total = 0;                 // rows over all steps
  std::vector<int64_t> rows, first;  // by step; rows has one more, 0
  std::vector<int64_t> order, length;  // ragged alone: by place in the order

  explicit Plan(const rnt_recurrent& call)
      : cell(static_cast<Cell>(call.cell)), reverse(call.reverse != 0), ragged(false), time(call.time), batch(call.batch),
        input(call.input), hidden(call.hidden), gates(gates_of(cell) * call.hidden),
        blocks((call.hidden + kernels().units - 1) / kernels().units) {
    if (call.cell < 0 || call.cell > 3) throw std::invalid_argument("no such cell");
    if (time < 1 || batch < 1 || input < 1 || hidden < 1) throw std::invalid_argument("every size must be 1 or more");
    for (int64_t b = 0; call.lengths && b < batch; b++) {
      if (call.lengths[b] < 1 || call.lengths[b] > time) throw std::invalid_argument("a length is below 1 or beyond the time steps");
      ragged |= call.lengths[b] != time;
    }
    rows.assign(time + 1, 0);
    first.assign(time, 0);
    if (ragged) {
      order.resize(batch);
      std::iota(order.begin(), order.end(), 0);
      std::stable_sort(order.begin(), order.end(), [&](int64_t a, int64_t b) { return call.lengths[a] > call.lengths[b]; });
      for (int64_t example : order) length.push_back(call.lengths[example]);
      for (int64_t s = 0, n = batch; s < time; s++) {
        while (n > 0 && length[n - 1] <= s) n--;
        rows[s] = n;
        first[s] = total;
        total += n;
      }
    } else {
      total = time * batch;
      for (int64_t s = 0; s < time; s++) {
        rows[s] = batch;
        first[s] = (reverse ? time - 1 - s : s) * batch;
      }
    }
  }

  int64_t has_extra() const { return cell == Cell::lstm || cell == Cell::gru ? 1 : 0; }
  int64_t packed_size() const { return blocks * kernels().units * gates; }
  // One or all: a team of another size would have the pool's threads end and begin anew. Who gets no block only waits.
  int workers() const { return batch * hidden * gates < work_for_two || blocks == 1 ? 1 : threads(); }

  // The row of [time, batch, …] that holds step s of the j-th example in the order; ragged alone.
  int64_t outside(int64_t s, int64_t j) const { return (reverse ? length[j] - 1 - s : s) * batch + order[j]; }

  // Copies rows between [time, batch, width] and the order of this plan, in parallel; padding is left as it is.
  void gather(const float* from, float* to, int64_t width) const { move(from, to, width, true); }
  void scatter(const float* from, float* to, int64_t width) const {
    std::memset(to, 0, sizeof(float) * time * batch * width);
    move(from, to, width, false);
  }
  // The same for [batch, hidden].
  void gather_state(const float* from, float* to) const {
    for (int64_t j = 0; j < batch; j++) std::memcpy(to + j * hidden, from + example(j) * hidden, sizeof(float) * hidden);
  }
  void scatter_state(const float* from, float* to) const {
    for (int64_t j = 0; j < batch; j++) std::memcpy(to + example(j) * hidden, from + j * hidden, sizeof(float) * hidden);
  }
  int64_t example(int64_t j) const { return ragged ? order[j] : j; }
  int64_t last_step(int64_t j) const { return ragged ? length[j] - 1 : time - 1; }

 private:
  void move(const float* from, float* to, int64_t width, bool in) const {
#pragma omp parallel for schedule(static)
    for (int64_t s = 0; s < time; s++) {
      for (int64_t j = 0; j < rows[s]; j++) {
        const int64_t out = outside(s, j) * width, inner = (first[s] + j) * width;
        std::memcpy(to + (in ? inner : out), from + (in ? out : inner), sizeof(float) * width);
      }
    }
  }
};

// Hands out pieces of one buffer, each on a cache line of its own; without a buffer it only counts.
class Pieces {
 public:
  explicit Pieces(float* at) : at_(at) {
    if (at_) skip_ = (16 - reinterpret_cast<uintptr_t>(at_) / sizeof(float) % 16) % 16;
  }
  float* take(int64_t floats) {
    float* piece = at_ ? at_ + skip_ + used_ : nullptr;
    used_ += (floats + 15) / 16 * 16;
    return piece;
  }
  int64_t size() const { return used_ + 16; }

 private:
  float* at_;
  int64_t skip_ = 0, used_ = 0;
};

// What the forward pass leaves for the backward pass.
struct Kept {
  float *gates, *extra;              // [total, gates]; [total, hidden]: c of an LSTM, W_hn h + b_hn of a GRU
  float *x, *h, *h0, *c0;            // ragged alone, in the plan's order

  Kept(const Plan& p, Pieces& pieces)
      : gates(pieces.take(p.total * p.gates)), extra(p.has_extra() ? pieces.take(p.total * p.hidden) : nullptr),
        x(p.ragged ? pieces.take(p.total * p.input) : nullptr), h(p.ragged ? pieces.take(p.total * p.hidden) : nullptr),
        h0(p.ragged ? pieces.take(p.batch * p.hidden) : nullptr), c0(p.ragged ? pieces.take(p.batch * p.hidden) : nullptr) {}
};

struct ForwardScratch {
  float *bias, *packed, *c;

  ForwardScratch(const Plan& p, Pieces& pieces)
      : bias(pieces.take(p.gates)), packed(pieces.take(p.packed_size())), c(pieces.take(p.batch * p.hidden)) {}
};

struct BackwardScratch {
  float *packed, *carry_h, *carry_c, *sums_x, *sums_h, *bias_x, *bias_hn, *dy, *dx, *h_before;

  BackwardScratch(const Plan& p, Pieces& pieces)
      : packed(pieces.take(p.packed_size())), carry_h(pieces.take(p.batch * p.hidden)), carry_c(pieces.take(p.batch * p.hidden)),
        sums_x(pieces.take(p.total * p.gates)), sums_h(p.cell == Cell::gru ? pieces.take(p.total * p.gates) : sums_x),
        bias_x(pieces.take(p.gates)), bias_hn(pieces.take(p.hidden)), dy(p.ragged ? pieces.take(p.total * p.hidden) : nullptr),
        dx(p.ragged ? pieces.take(p.total * p.input) : nullptr), h_before(p.ragged ? pieces.take(p.total * p.hidden) : nullptr) {}
};

}  // namespace
