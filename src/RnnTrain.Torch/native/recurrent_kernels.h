// One time step of a recurrent layer over a range of its hidden units: the product with the recurrent weights and the gates in one pass,
// while the sums are still in registers. Compiled once an instruction set (recurrent_kernels_*.cpp); the rest is in recurrent.cpp.
#pragma once

#include <cstdint>

namespace rnt {

enum class Cell : int32_t { lstm = 0, gru = 1, elman_tanh = 2, elman_relu = 3 };

// Blocks of hidden · rows of w_hh, in PyTorch's order: i, f, g, o; r, z, n; one.
inline int64_t gates_of(Cell cell) { return cell == Cell::lstm ? 4 : cell == Cell::gru ? 3 : 1; }

// What a step reads and writes. Matrices stand row after row without gaps; a row is an example. `gates` is G · hidden wide.
struct ForwardStep {
  int64_t rows;
  int64_t hidden;
  const float* weights;   // packed; null where `sums` holds the product with h already
  const float* h_before;  // [rows, hidden]
  const float* c_before;  // [rows, hidden], LSTM
  const float* sums;      // [rows, gates]: W_ih x, without biases
  const float* bias;      // [gates]: b_ih + b_hh; GRU: of its third gate b_ih alone
  const float* bias_n;    // [hidden], GRU: b_hn
  float* gates;           // [rows, gates] after their non-linearities; null where there will be no backward pass. May be `sums`.
  float* hn;              // [rows, hidden], GRU: W_hn h + b_hn; null as above. With weights null it holds W_hn h.
  float* c;               // [rows, hidden], LSTM. May be `c_before`.
  float* h;               // [rows, hidden]
};

struct BackwardStep {
  int64_t rows;
  int64_t hidden;
  int64_t later_rows;          // the first so many rows have a step after this one; 0 at the last
  const float* weights;        // packed
  const float* later;          // [later_rows, gates]: gradient of the sums with h, one step later
  const float* output;         // [rows, hidden]: gradient of h as an output; null where there is none
  const float* gates;          // as forward left them
  const float* hn;             // GRU
  const float* c;              // LSTM
  const float* c_before;       // LSTM
  const float* h;              // [rows, hidden], Elman
  const float* h_before;       // [rows, hidden], GRU
  float* carry_h;              // [rows, hidden], in and out: what reaches h past the product; where no step is later, the final state's gradient
  float* carry_c;              // [rows, hidden], in and out: the gradient of c, LSTM
  float* sums_x;               // [rows, gates], out: gradient of the sums with x
  float* sums_h;               // [rows, gates], out, GRU: gradient of the sums with h, different in the third gate
  float* bias_x;               // [gates], added to
  float* bias_hn;              // [hidden], added to, GRU
};

// The functions of one instruction set. Blocks are groups of `units` neighbouring hidden units.
struct RecurrentKernels {
  int64_t units;
  // w_hh [gates, hidden] → packed weights, blocks from `begin` to before `end`. Each way needs blocks · units · gates · hidden floats.
  void (*pack_forward)(Cell cell, int64_t hidden, const float* w_hh, float* packed, int64_t begin, int64_t end);
  void (*pack_backward)(Cell cell, int64_t hidden, const float* w_hh, float* packed, int64_t begin, int64_t end);
  void (*forward)(Cell cell, const ForwardStep& step, int64_t begin, int64_t end);
  void (*backward)(Cell cell, const BackwardStep& step, int64_t begin, int64_t end);
};

extern const RecurrentKernels recurrent_kernels_avx512;
extern const RecurrentKernels recurrent_kernels_avx2;
extern const RecurrentKernels recurrent_kernels_plain;

}  // namespace rnt
