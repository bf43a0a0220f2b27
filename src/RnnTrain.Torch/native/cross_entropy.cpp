// The output layer with its loss in one function: logits = h · Wᵀ + b, softmax, cross-entropy, and the gradient, formed in place where the
// logits were. Rows (tokens) are taken in chunks, so that only one chunk of logits lives at a time.
//
// This file is compiled with -fno-associative-math: exp below counts on its operations being done in the order written.
#include "common.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <limits>
#include <map>
#include <mutex>
#include <oneapi/dnnl/dnnl.hpp>
#include <vector>

namespace {

constexpr int64_t ignored = -100;  // a target that is not to be scored
constexpr int64_t lanes = 16;
typedef float Floats __attribute__((vector_size(4 * lanes), aligned(4), may_alias));
typedef int32_t Ints __attribute__((vector_size(4 * lanes), aligned(4), may_alias));

#define RNT_INLINE static inline __attribute__((always_inline))

// e^x for x ≤ 0 to 1.2e-7 of its value, 0 below -87.3, where float has no normal number left; NaN stays NaN. Cephes' expf: x = n ln 2 + r
// with |r| ≤ ln 2 / 2, a polynomial in r, and n into the exponent. Adding 1.5 · 2^23 rounds to a whole number, found in the low bits.
RNT_INLINE Floats exp_of(Floats x) {
  const float round = 12582912.0f;
  const Floats shifted = x * 1.44269504088896341f + round;
  const Floats n = shifted - round;
  const Floats r = (x - n * 0.693359375f) + n * 2.12194440e-4f;
  Floats p = r * 1.9875691500e-4f + 1.3981999507e-3f;
  p = p * r + 8.3334519073e-3f;
  p = p * r + 4.1665795894e-2f;
  p = p * r + 1.6666665459e-1f;
  p = p * r + 5.0000001201e-1f;
  p = p * (r * r) + r + 1.0f;
  const Ints power = ((Ints)shifted << 23) + 0x3f800000;
  return x < -87.3f ? Floats{} : p * (Floats)power;
}

RNT_INLINE Floats load(const float* from) { return *reinterpret_cast<const Floats*>(from); }
RNT_INLINE void store(float* into, Floats values) { *reinterpret_cast<Floats*>(into) = values; }

RNT_INLINE float sum_of(Floats values) {
  float sum = 0;
  for (int64_t i = 0; i < lanes; i++) sum += values[i];
  return sum;
}

RNT_INLINE float most_of(Floats values) {
  float most = values[0];
  for (int64_t i = 1; i < lanes; i++) most = values[i] > most ? values[i] : most;
  return most;
}

// What one call works on. Rows of logits have `width` numbers, of which those from `classes` on are padding: a multiple of the lanes.
struct Layer {
  int64_t classes, width;
  const float* bias;  // [width], zeros where there is none, and in the padding
  float scale;        // of the gradient
  float smoothing;    // share of the target that is spread evenly over all classes
};

// What one thread found.
struct Share {
  double loss;
  double even_loss;  // of a target spread evenly over all classes; 0 without smoothing
  int64_t correct;
  float* bias_gradient;  // [width]
};

// Adds the bias and returns the largest logit. The padding becomes -inf, whose exponential is 0.
RNT_INLINE float add_bias(const Layer& layer, float* x) {
  for (int64_t i = layer.classes; i < layer.width; i++) x[i] = -std::numeric_limits<float>::infinity();
  Floats most = load(x) + load(layer.bias);
  store(x, most);
  for (int64_t i = lanes; i < layer.width; i += lanes) {
    const Floats value = load(x + i) + load(layer.bias + i);
    store(x + i, value);
    most = value > most ? value : most;
  }
  return most_of(most);
}

// Four sums side by side, so that the additions do not wait for each other.
RNT_INLINE float sum_of_logits(const float* x, int64_t classes) {
  Floats sums[4] = {};
  int64_t i = 0;
  for (; i + 4 * lanes <= classes; i += 4 * lanes) {
    for (int64_t j = 0; j < 4; j++) sums[j] += load(x + i + j * lanes);
  }
  float sum = sum_of((sums[0] + sums[1]) + (sums[2] + sums[3]));
  for (; i < classes; i++) sum += x[i];
  return sum;
}

// The loss of each row, and where wanted the gradient of the logits in place of these.
RNT_CLONES void softmax_rows(const Layer& layer, float* logits, const int64_t* targets, int64_t rows, bool wants_gradient, Share& share) {
  for (int64_t row = 0; row < rows; row++) {
    float* x = logits + row * layer.width;
    const int64_t target = targets[row];
    if (target == ignored) {
      if (wants_gradient) std::memset(x, 0, sizeof(float) * layer.width);
      continue;
    }
    const float most = add_bias(layer, x);
    const float hit = x[target];
    share.correct += hit == most && std::find(x, x + target, most) == x + target;  // the first of equals
    const float even = layer.smoothing > 0 ? sum_of_logits(x, layer.classes) / layer.classes : 0.0f;
    Floats sums = Floats{};
    for (int64_t i = 0; i < layer.width; i += lanes) {
      const Floats value = exp_of(load(x + i) - most);
      sums += value;
      store(x + i, value);
    }
    const float sum = sum_of(sums);
    const double log_sum = std::log(static_cast<double>(sum));
    share.loss += log_sum + (static_cast<double>(most) - hit);
    if (layer.smoothing > 0) share.even_loss += log_sum + (static_cast<double>(most) - even);
    if (!wants_gradient) continue;
    const float factor = layer.scale / sum;
    const float shift = layer.scale * layer.smoothing / layer.classes;
    x[target] -= sum * (1 - layer.smoothing);
    for (int64_t i = 0; i < layer.width; i += lanes) {
      const Floats value = load(x + i) * factor - shift;  // what the padding becomes nobody reads
      store(x + i, value);
      store(share.bias_gradient + i, load(share.bias_gradient + i) + value);
    }
  }
}

// logits [rows, width] = h [rows, features] · Wᵀ, W [classes, features]. The primitive, since with few rows and many classes dnnl_sgemm
// spends a third of its time on packing W: 350 × 650 × 10,000 takes 10.2 ms on two cores where sgemm takes 13.3. Made once a shape.
void multiply(int64_t rows, int64_t features, int64_t classes, int64_t width, const float* h, const float* weight, float* logits) {
  using dnnl::memory;
  static const dnnl::engine cpu(dnnl::engine::kind::cpu, 0);
  static std::mutex lock;
  static std::map<std::array<int64_t, 4>, dnnl::matmul> products;  // by shape and number of threads
  const auto number = memory::data_type::f32;
  const memory::desc a({rows, features}, number, memory::dims{features, 1}), b({features, classes}, number, memory::dims{1, features}),
      c({rows, classes}, number, memory::dims{width, 1});
  dnnl::matmul product;
  {
    const std::lock_guard<std::mutex> guard(lock);
    dnnl::matmul& made = products[{rows, features, classes, rnt::threads()}];
    if (!made) {
#if DNNL_VERSION_MAJOR >= 3
      made = dnnl::matmul(dnnl::matmul::primitive_desc(cpu, a, b, c));
#else
      made = dnnl::matmul(dnnl::matmul::primitive_desc(dnnl::matmul::desc(a, b, c), cpu));
#endif
    }
    product = made;
  }
  dnnl::stream stream(cpu);
  product.execute(stream, {{DNNL_ARG_SRC, memory(a, cpu, const_cast<float*>(h))},
                           {DNNL_ARG_WEIGHTS, memory(b, cpu, const_cast<float*>(weight))},
                           {DNNL_ARG_DST, memory(c, cpu, logits)}});
  stream.wait();
}

int64_t padded(int64_t classes) {
  const int64_t width = (classes + lanes - 1) / lanes * lanes;
  return width % 1024 == 0 ? width + lanes : width;  // rows a power of two apart would fall into the same places of a cache
}

void require_targets(const int64_t* targets, int64_t rows, int64_t classes) {
  for (int64_t row = 0; row < rows; row++) {
    const int64_t target = targets[row];
    if (target == ignored || (target >= 0 && target < classes)) continue;
    throw std::out_of_range("target " + std::to_string(target) + " in row " + std::to_string(row) + " is none of " + std::to_string(classes) + " classes");
  }
}

}  // namespace

// How many floats of scratch memory rnt_linear_cross_entropy needs for chunks of so many rows.
RNT_API int64_t rnt_linear_cross_entropy_scratch(int64_t chunk, int64_t classes) {
  return padded(classes) * (chunk + 1 + rnt::threads());
}

// Cross-entropy of targets [rows], summed over rows that are not ignored, under softmax(hidden [rows, features] · weightᵀ [classes, features]
// + bias [classes] or null); the same sum for targets spread evenly over all classes, where smoothing is more than 0; and the number of
// rows whose target has the largest logit. Where wanted, gradients of scale · ((1 − smoothing) · loss + smoothing · even_loss); a gradient
// that is null is not computed. All row after row.
RNT_API int rnt_linear_cross_entropy(int64_t rows, int64_t features, int64_t classes, const float* hidden, const float* weight,
                                     const float* bias, const int64_t* targets, float scale, float smoothing, int64_t chunk, float* scratch,
                                     float* hidden_gradient, float* weight_gradient, float* bias_gradient, double* loss, double* even_loss,
                                     int64_t* correct) {
  return rnt::guarded([&] {
    require_targets(targets, rows, classes);
    rnt::ThreadGuard guard;
    const int threads = rnt::threads();
    const int64_t width = padded(classes);
    float* logits = scratch;                       // [chunk, width]
    float* padded_bias = logits + chunk * width;   // [width]
    float* column_sums = padded_bias + width;      // [threads, width]
    std::fill(padded_bias, column_sums + threads * width, 0.0f);
    if (bias != nullptr) std::copy(bias, bias + classes, padded_bias);
    const Layer layer{classes, width, padded_bias, scale, smoothing};
    const bool wants_gradient = hidden_gradient != nullptr || weight_gradient != nullptr || bias_gradient != nullptr;
    std::vector<Share> shares;
    for (int thread = 0; thread < threads; thread++) shares.push_back({0, 0, 0, column_sums + thread * width});
    if (rows == 0 && weight_gradient != nullptr) std::fill(weight_gradient, weight_gradient + classes * features, 0.0f);
    for (int64_t start = 0; start < rows; start += chunk) {
      const int64_t count = std::min(chunk, rows - start);
      const float* h = hidden + start * features;
      multiply(count, features, classes, width, h, weight, logits);
#pragma omp parallel for num_threads(threads) schedule(static, 1)
      for (int thread = 0; thread < threads; thread++) {
        const int64_t first = count * thread / threads, last = count * (thread + 1) / threads;
        softmax_rows(layer, logits + first * width, targets + start + first, last - first, wants_gradient, shares[thread]);
      }
      if (hidden_gradient != nullptr) {
        rnt::sgemm(false, false, count, features, classes, logits, width, weight, features, 0.0f, hidden_gradient + start * features, features);
      }
      if (weight_gradient != nullptr) {
        rnt::sgemm(true, false, classes, features, count, logits, width, h, features, start == 0 ? 0.0f : 1.0f, weight_gradient, features);
      }
    }
    *loss = 0;
    *even_loss = 0;
    *correct = 0;
    if (bias_gradient != nullptr) std::fill(bias_gradient, bias_gradient + classes, 0.0f);
    for (const Share& share : shares) {  // in the order of the threads, so that a sum is always the same
      *loss += share.loss;
      *even_loss += share.even_loss;
      *correct += share.correct;
      for (int64_t i = 0; bias_gradient != nullptr && i < classes; i++) bias_gradient[i] += share.bias_gradient[i];
    }
  });
}
