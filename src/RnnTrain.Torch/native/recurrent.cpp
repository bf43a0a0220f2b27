// Recurrent layers of one direction over whole sequences: LSTM, GRU and Elman networks as PyTorch defines them, forward and backward.
// oneDNN multiplies whole matrices (all steps' inputs at once); what must go step by step is in recurrent_kernels.inc.
// Weights are read and gradients written in PyTorch's layout. All memory is the caller's: nothing here outlives a call.
//
// Steps are counted in reading order. Row `first[s] + j` of a matrix over all steps is example `order[j]` at step s: in a full batch
// that is the row where PyTorch's [time, batch, …] holds it, in a ragged one examples are ordered by length and padding is left out.
#include "recurrent_plan.h"

namespace {

// With so few steps the product with h is not worth packing the weights.
constexpr int64_t steps_worth_packing = 3;

// The blocks of one of several workers.
int64_t share(int64_t blocks, int64_t worker, int64_t workers) { return blocks * worker / workers; }

// Where the product with h is made for one step at once, and not within the kernel.
void multiply_by_h(const Plan& p, const rnt_recurrent& call, const float* h_before, float* sums, float* hn, int64_t rows) {
  const int64_t H = p.hidden;
  const int64_t added = p.cell == Cell::gru ? 2 * H : p.gates;
  sgemm(false, true, rows, added, H, h_before, H, call.w_hh, H, 1, sums, p.gates);
  if (p.cell == Cell::gru) sgemm(false, true, rows, H, H, h_before, H, call.w_hh + 2 * H * H, H, 0, hn, H);
}

void forward(const rnt_recurrent& call) {
  const Plan p(call);
  const int64_t H = p.hidden;
  const bool keeps = call.workspace != nullptr;
  Pieces scratch(call.scratch), workspace(keeps ? call.workspace : call.scratch);
  ForwardScratch own(p, keeps ? scratch : workspace);
  Kept kept(p, workspace);

  for (int64_t i = 0; i < p.gates; i++) own.bias[i] = call.b_ih[i] + (p.cell == Cell::gru && i >= 2 * H ? 0 : call.b_hh[i]);
  const float *x = call.x, *h0 = call.h0, *c0 = call.c0;
  float* h = call.y;
  if (p.ragged) {
    p.gather(call.x, kept.x, p.input);
    p.gather_state(call.h0, kept.h0);
    if (p.cell == Cell::lstm) p.gather_state(call.c0, kept.c0);
    x = kept.x, h0 = kept.h0, c0 = kept.c0, h = kept.h;
  }
  sgemm(false, true, p.total, p.gates, p.input, x, p.input, call.w_ih, p.input, 0, kept.gates, p.gates);
  const bool packs = p.time >= steps_worth_packing;

  const int workers = p.workers();
  auto step_at = [&](int64_t s) {
    ForwardStep step{};
    const int64_t row = p.first[s];
    step.rows = p.rows[s];
    step.hidden = H;
    step.weights = packs ? own.packed : nullptr;
    step.h_before = s == 0 ? h0 : h + p.first[s - 1] * H;
    step.sums = kept.gates + row * p.gates;
    step.bias = own.bias;
    step.bias_n = call.b_hh + 2 * H;
    step.gates = keeps && p.has_extra() ? kept.gates + row * p.gates : nullptr;
    step.h = h + row * H;
    if (p.cell == Cell::gru) step.hn = kept.extra + row * H;
    if (p.cell != Cell::lstm) return step;
    if (keeps) {
      step.c = kept.extra + row * H;
      step.c_before = s == 0 ? c0 : kept.extra + p.first[s - 1] * H;
    } else {
      step.c = own.c;
      step.c_before = s == 0 ? c0 : own.c;
    }
    return step;
  };
  // c of examples that end here, before a later step overwrites it
  auto finish = [&](int64_t s) {
    for (int64_t j = p.rows[s + 1]; j < p.rows[s]; j++) {
      std::memcpy(call.hn + p.example(j) * H, h + (p.first[s] + j) * H, sizeof(float) * H);
      if (p.cell == Cell::lstm) std::memcpy(call.cn + p.example(j) * H, (keeps ? kept.extra + p.first[s] * H : own.c) + j * H, sizeof(float) * H);
    }
  };

  if (packs) {
#pragma omp parallel num_threads(workers)
    {
      const int64_t begin = share(p.blocks, omp_get_thread_num(), omp_get_num_threads());
      const int64_t end = share(p.blocks, omp_get_thread_num() + 1, omp_get_num_threads());
      kernels().pack_forward(p.cell, H, call.w_hh, own.packed, begin, end);
      for (int64_t s = 0; s < p.time; s++) {
        if (s > 0 && workers > 1) {
#pragma omp barrier
        }
        kernels().forward(p.cell, step_at(s), begin, end);
        if (p.rows[s + 1] < p.rows[s] && s + 1 < p.time) {
          // All must have written their units of the examples that end, and none go on before they are copied.
#pragma omp barrier
#pragma omp master
          finish(s);
        }
      }
    }
    finish(p.time - 1);
  } else {
    for (int64_t s = 0; s < p.time; s++) {
      const ForwardStep step = step_at(s);
      multiply_by_h(p, call, step.h_before, kept.gates + p.first[s] * p.gates, step.hn, step.rows);
      kernels().forward(p.cell, step, 0, p.blocks);
      finish(s);
    }
  }
  if (p.ragged) p.scatter(h, call.y, H);
}

void weight_gradients(const Plan& p, const rnt_recurrent& call, const rnt_recurrent_gradient& to, const Kept& kept, const BackwardScratch& own) {
  const int64_t H = p.hidden;
  const float* x = p.ragged ? kept.x : call.x;
  if (to.dw_ih) sgemm(true, false, p.gates, p.input, p.total, own.sums_x, p.gates, x, p.input, to.beta_w_ih, to.dw_ih, p.input);
  if (to.dw_hh && p.ragged) {
#pragma omp parallel for schedule(static)
    for (int64_t s = 0; s < p.time; s++) {
      const float* before = s == 0 ? kept.h0 : kept.h + p.first[s - 1] * H;
      std::memcpy(own.h_before + p.first[s] * H, before, sizeof(float) * p.rows[s] * H);
    }
    sgemm(true, false, p.gates, H, p.total, own.sums_h, p.gates, own.h_before, H, to.beta_w_hh, to.dw_hh, H);
  } else if (to.dw_hh) {
    // All steps but the first against the output one step before, and the first against h0.
    const int64_t later = (p.reverse ? 0 : p.batch), before = (p.reverse ? p.batch : 0);
    sgemm(true, false, p.gates, H, p.batch, own.sums_h + p.first[0] * p.gates, p.gates, call.h0, H, to.beta_w_hh, to.dw_hh, H);
    if (p.time > 1) {
      sgemm(true, false, p.gates, H, p.total - p.batch, own.sums_h + later * p.gates, p.gates, call.y + before * H, H, 1, to.dw_hh, H);
    }
  }
  const int64_t shared = p.cell == Cell::gru ? 2 * H : p.gates;
  for (int64_t i = 0; i < p.gates; i++) {
    if (to.db_ih) to.db_ih[i] = own.bias_x[i] + (to.beta_b_ih != 0 ? to.beta_b_ih * to.db_ih[i] : 0);
    const float sum = i < shared ? own.bias_x[i] : own.bias_hn[i - shared];
    if (to.db_hh) to.db_hh[i] = sum + (to.beta_b_hh != 0 ? to.beta_b_hh * to.db_hh[i] : 0);
  }
}

void backward(const rnt_recurrent& call, const rnt_recurrent_gradient& to) {
  const Plan p(call);
  const int64_t H = p.hidden, state = sizeof(float) * p.batch * H;
  Pieces scratch(call.scratch), workspace(call.workspace);
  BackwardScratch own(p, scratch);
  Kept kept(p, workspace);

  const float *h0 = p.ragged ? kept.h0 : call.h0, *c0 = p.ragged ? kept.c0 : call.c0, *h = p.ragged ? kept.h : call.y, *dy = to.dy;
  to.dhn ? p.gather_state(to.dhn, own.carry_h) : (void)std::memset(own.carry_h, 0, state);
  to.dcn ? p.gather_state(to.dcn, own.carry_c) : (void)std::memset(own.carry_c, 0, state);
  if (p.ragged && to.dy) {
    p.gather(to.dy, own.dy, H);
    dy = own.dy;
  }
  std::memset(own.bias_x, 0, sizeof(float) * p.gates);
  std::memset(own.bias_hn, 0, sizeof(float) * H);

  const int workers = p.workers();
#pragma omp parallel num_threads(workers)
  {
    const int64_t begin = share(p.blocks, omp_get_thread_num(), omp_get_num_threads());
    const int64_t end = share(p.blocks, omp_get_thread_num() + 1, omp_get_num_threads());
    if (p.time > 1) kernels().pack_backward(p.cell, H, call.w_hh, own.packed, begin, end);
    for (int64_t s = p.time - 1; s >= 0; s--) {
      const int64_t row = p.first[s];
      BackwardStep step{};
      step.rows = p.rows[s];
      step.hidden = H;
      step.later_rows = p.rows[s + 1];
      step.weights = own.packed;
      if (step.later_rows > 0) step.later = own.sums_h + p.first[s + 1] * p.gates;
      step.output = dy ? dy + row * H : nullptr;
      step.gates = kept.gates + row * p.gates;
      step.hn = p.cell == Cell::gru ? kept.extra + row * H : nullptr;
      step.c = p.cell == Cell::lstm ? kept.extra + row * H : nullptr;
      step.c_before = p.cell != Cell::lstm ? nullptr : s == 0 ? c0 : kept.extra + p.first[s - 1] * H;
      step.h = h + row * H;
      step.h_before = s == 0 ? h0 : h + p.first[s - 1] * H;
      step.carry_h = own.carry_h;
      step.carry_c = own.carry_c;
      step.sums_x = own.sums_x + row * p.gates;
      step.sums_h = own.sums_h + row * p.gates;
      step.bias_x = own.bias_x;
      step.bias_hn = own.bias_hn;
      kernels().backward(p.cell, step, begin, end);
      if (s > 0 && workers > 1) {
#pragma omp barrier
      }
    }
  }

  if (to.dh0) {
    sgemm(false, false, p.batch, H, p.gates, own.sums_h + p.first[0] * p.gates, p.gates, call.w_hh, H, 1, own.carry_h, H);
    p.scatter_state(own.carry_h, to.dh0);
  }
  if (to.dc0) p.scatter_state(own.carry_c, to.dc0);
  if (to.dx) {
    float* dx = p.ragged ? own.dx : to.dx;
    sgemm(false, false, p.total, p.input, p.gates, own.sums_x, p.gates, call.w_ih, p.input, 0, dx, p.input);
    if (p.ragged) p.scatter(own.dx, to.dx, p.input);
  }
  weight_gradients(p, call, to, kept, own);
}

}  // namespace

// Which kernels run: avx512, avx2 or plain; the best that the processor has unless another is chosen.
RNT_API const char* rnt_instructions() { return instructions().name; }

RNT_API int rnt_choose_instructions(const char* name) {
  return guarded([&] {
    for (const InstructionSet& set : instruction_sets()) {
      if (std::string(name) != set.name) continue;
      if (!set.is_here) throw std::invalid_argument(std::string("this processor has no ") + name);
      chosen.store(&set);
      return;
    }
    throw std::invalid_argument(std::string("no kernels are compiled for ") + name);
  });
}

// How many floats the buffers of such a call must hold: the workspace of a pair of passes, the scratch of a forward pass with a
// workspace, of one without, and of a backward pass.
RNT_API int rnt_recurrent_sizes(const rnt_recurrent* call, int64_t* sizes) {
  return guarded([&] {
    const Plan p(*call);
    Pieces workspace(nullptr), with(nullptr), without(nullptr), back(nullptr);
    Kept kept(p, workspace);
    ForwardScratch own(p, with), same(p, without);
    Kept here(p, without);
    BackwardScratch reversed(p, back);
    sizes[0] = workspace.size();
    sizes[1] = with.size();
    sizes[2] = without.size();
    sizes[3] = back.size();
  });
}

RNT_API int rnt_recurrent_forward(const rnt_recurrent* call) {
  return guarded([&] {
    ThreadGuard guard;
    forward(*call);
  });
}

RNT_API int rnt_recurrent_backward(const rnt_recurrent* call, const rnt_recurrent_gradient* gradient) {
  return guarded([&] {
    ThreadGuard guard;
    backward(*call, *gradient);
  });
}
