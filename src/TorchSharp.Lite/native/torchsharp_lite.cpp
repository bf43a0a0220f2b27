// The native half of TorchSharp.Lite: a C ABI over libtorch.
//
// Any ATen operator is called by name through the boxed dispatcher, so that this file needs no list of operators and
// compiles unchanged against libtorch 1.13 to 2.x, with or without CUDA. What the dispatcher does not offer (lifetime and
// metadata of a tensor, autograd, seeds, devices) has a function of its own below.
//
// Conventions:
// - A tensor handle is a c10::TensorImpl* that owns one reference; null is the undefined tensor.
// - No exception leaves this file. A function that can fail returns a negative number or null and leaves its message, without
//   the C++ backtrace, in a thread-local text that tsl_last_error returns.
// - Structures are mirrored in Interop/NativeValue.cs.

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <memory>
#include <mutex>
#include <new>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <unordered_set>
#include <utility>
#include <vector>

#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <ATen/core/Generator.h>
#include <ATen/core/LegacyTypeDispatch.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/core/grad_mode.h>
#include <ATen/core/ivalue.h>
#include <ATen/core/jit_type.h>
#include <ATen/ops/alias.h>
#include <ATen/ops/from_blob.h>
#include <c10/core/InferenceMode.h>
#include <torch/csrc/autograd/anomaly_mode.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/function.h>
#include <torch/csrc/autograd/saved_variable.h>
#include <torch/csrc/autograd/variable.h>
#include <torch/cuda.h>
#include <torch/version.h>

#define API extern "C" __attribute__((visibility("default")))

using Handle = c10::TensorImpl*;

// ---------------------------------------------------------------------------------------------------- values and errors

enum class Tag : int32_t {
  none = 0,
  missing = 1,  // an argument left to the default of the schema
  tensor = 2,
  integer = 3,
  real = 4,
  boolean = 5,
  complex = 6,
  integers = 7,
  reals = 8,
  booleans = 9,
  tensors = 10,
  text = 11,
  device = 12,
  generator = 13,
};

struct Value {
  int64_t bits;    // the number, the bits of the double, the handle, or the address of the list
  int64_t extra;   // imaginary part, device index
  Tag tag;
  int32_t length;  // of a list or text
};
static_assert(sizeof(Value) == 24, "mirrored in Interop/NativeValue.cs");

// Carries an exception of a C# callback through libtorch to the C# caller.
struct ManagedException : std::runtime_error {
  ManagedException(int64_t token, const char* message) : std::runtime_error(message), token(token) {}
  int64_t token;
};

static thread_local std::string last_error;
static thread_local int64_t last_managed_exception = 0;

static void remember_exception() {
  try {
    throw;
  } catch (const ManagedException& e) {
    last_managed_exception = e.token;
    last_error = e.what();
  } catch (const c10::Error& e) {
    last_error = e.what_without_backtrace();
  } catch (const std::exception& e) {
    last_error = e.what();
  } catch (...) {
    last_error = "unknown C++ exception";
  }
}

template <typename F>
static auto guarded(decltype(std::declval<F>()()) on_error, F&& body) -> decltype(body()) {
  try {
    return body();
  } catch (...) {
    remember_exception();
    return on_error;
  }
}

template <typename F>
static int32_t guarded_status(F&& body) {
  try {
    body();
    return 0;
  } catch (...) {
    remember_exception();
    return -1;
  }
}

static at::Tensor borrow(Handle handle) {
  if (handle == nullptr) return at::Tensor();
  return at::Tensor(c10::intrusive_ptr<c10::TensorImpl, c10::UndefinedTensorImpl>::reclaim_copy(handle));
}

static Handle release(at::Tensor tensor) { return tensor.defined() ? tensor.unsafeReleaseTensorImpl() : nullptr; }

static std::vector<at::Tensor> borrow_all(const Handle* handles, int32_t count) {
  std::vector<at::Tensor> tensors;
  tensors.reserve(count);
  for (int32_t i = 0; i < count; i++) tensors.push_back(borrow(handles[i]));
  return tensors;
}

static double as_double(int64_t bits) {
  double value;
  std::memcpy(&value, &bits, sizeof value);
  return value;
}

static int64_t as_bits(double value) {
  int64_t bits;
  std::memcpy(&bits, &value, sizeof bits);
  return bits;
}

API const char* tsl_last_error() { return last_error.c_str(); }

// The token of the C# exception that caused the last error, or 0; asking takes it.
API int64_t tsl_take_managed_exception() { return std::exchange(last_managed_exception, 0); }

API const char* tsl_libtorch_version() { return TORCH_VERSION; }

// ------------------------------------------------------------------------------------------------------------ operators

enum class Kind {
  tensor, tensors, optional_tensors, scalar, integer, real, boolean, integers, reals, booleans, text, device, generator
};

struct Parameter {
  std::string name;
  Kind kind;
  bool optional;
  int32_t fixed_length;  // of int[N]; 0 when free
  std::decay_t<decltype(std::declval<c10::Argument>().default_value())> default_value;
};

struct Operator {
  c10::OperatorHandle handle;
  std::string name;
  std::vector<Parameter> parameters;
};

static Kind kind_of(const c10::Type& type, const std::string& op) {
  switch (type.kind()) {
    case c10::TypeKind::TensorType: return Kind::tensor;
    case c10::TypeKind::NumberType: return Kind::scalar;
    case c10::TypeKind::FloatType: return Kind::real;
    case c10::TypeKind::BoolType: return Kind::boolean;
    case c10::TypeKind::StringType: return Kind::text;
    case c10::TypeKind::DeviceObjType: return Kind::device;
    case c10::TypeKind::GeneratorType: return Kind::generator;
    case c10::TypeKind::ListType: {
      const auto& element = *type.castRaw<c10::ListType>()->getElementType();
      switch (element.kind()) {
        case c10::TypeKind::TensorType: return Kind::tensors;
        case c10::TypeKind::OptionalType: return Kind::optional_tensors;
        case c10::TypeKind::FloatType: return Kind::reals;
        case c10::TypeKind::BoolType: return Kind::booleans;
        default: return Kind::integers;
      }
    }
    default: break;
  }
  const auto text = type.str();
  if (text == "int" || text == "SymInt" || text == "ScalarType" || text == "Layout" || text == "MemoryFormat") return Kind::integer;
  TORCH_CHECK(false, op, ": parameters of type ", text, " are not supported");
}

API Operator* tsl_operator_find(const char* name, const char* overload) {
  return guarded(static_cast<Operator*>(nullptr), [&] {
    auto handle = c10::Dispatcher::singleton().findSchemaOrThrow(name, overload);
    auto op = std::make_unique<Operator>(Operator{handle, name, {}});
    for (const auto& argument : handle.schema().arguments()) {
      const c10::Type* type = argument.type().get();
      const auto* inner = type->castRaw<c10::OptionalType>();
      const bool optional = inner != nullptr;
      c10::TypePtr element;
      if (optional) {
        element = inner->getElementType();
        type = element.get();
      }
      const auto kind = kind_of(*type, op->name);
      const int32_t fixed = argument.N() ? static_cast<int32_t>(*argument.N()) : 0;
      op->parameters.push_back(Parameter{argument.name(), kind, optional, fixed, argument.default_value()});
    }
    return op.release();
  });
}

[[noreturn]] static void mismatch(const Operator& op, const Parameter& parameter, const Value& value) {
  TORCH_CHECK(false, op.name, ": argument '", parameter.name, "' cannot be made from a value of tag ", static_cast<int>(value.tag));
  std::abort();
}

static c10::IValue to_number(const Operator& op, const Parameter& parameter, const Value& value) {
  switch (value.tag) {
    case Tag::integer: return c10::IValue(value.bits);
    case Tag::boolean: return c10::IValue(value.bits != 0);
    case Tag::real: return c10::IValue(as_double(value.bits));
    case Tag::complex: return c10::IValue(c10::complex<double>(as_double(value.bits), as_double(value.extra)));
    default: mismatch(op, parameter, value);
  }
}

static c10::IValue to_integers(const Operator& op, const Parameter& parameter, const Value& value) {
  if (value.tag == Tag::integer) {
    return c10::IValue(std::vector<int64_t>(parameter.fixed_length > 0 ? parameter.fixed_length : 1, value.bits));
  }
  if (value.tag != Tag::integers) mismatch(op, parameter, value);
  const auto* first = reinterpret_cast<const int64_t*>(value.bits);
  if (value.length == 1 && parameter.fixed_length > 1) {
    return c10::IValue(std::vector<int64_t>(parameter.fixed_length, first[0]));
  }
  return c10::IValue(std::vector<int64_t>(first, first + value.length));
}

static c10::IValue to_tensors(const Operator& op, const Parameter& parameter, const Value& value) {
  if (value.tag != Tag::tensors) mismatch(op, parameter, value);
  const auto* handles = reinterpret_cast<const Handle*>(value.bits);
  if (parameter.kind == Kind::tensors) return c10::IValue(borrow_all(handles, value.length));
  c10::impl::GenericList list(c10::OptionalType::ofTensor());
  list.reserve(value.length);
  for (int32_t i = 0; i < value.length; i++) {
    list.push_back(handles[i] == nullptr ? c10::IValue() : c10::IValue(borrow(handles[i])));
  }
  return c10::IValue(std::move(list));
}

static c10::IValue to_ivalue(const Operator& op, const Parameter& parameter, const Value& value) {
  if (value.tag == Tag::missing) {
    TORCH_CHECK(parameter.default_value, op.name, ": argument '", parameter.name, "' has no default");
    return *parameter.default_value;
  }
  if (value.tag == Tag::none) {
    TORCH_CHECK(parameter.optional, op.name, ": argument '", parameter.name, "' must not be null");
    return c10::IValue();
  }
  switch (parameter.kind) {
    case Kind::tensor:
      if (value.tag != Tag::tensor) mismatch(op, parameter, value);
      return c10::IValue(borrow(reinterpret_cast<Handle>(value.bits)));
    case Kind::tensors:
    case Kind::optional_tensors: return to_tensors(op, parameter, value);
    case Kind::scalar: return to_number(op, parameter, value);
    case Kind::integer:
      if (value.tag != Tag::integer && value.tag != Tag::boolean) mismatch(op, parameter, value);
      return c10::IValue(value.bits);
    case Kind::real:
      if (value.tag == Tag::integer) return c10::IValue(static_cast<double>(value.bits));
      if (value.tag != Tag::real) mismatch(op, parameter, value);
      return c10::IValue(as_double(value.bits));
    case Kind::boolean:
      if (value.tag != Tag::integer && value.tag != Tag::boolean) mismatch(op, parameter, value);
      return c10::IValue(value.bits != 0);
    case Kind::integers: return to_integers(op, parameter, value);
    case Kind::reals: {
      if (value.tag != Tag::reals) mismatch(op, parameter, value);
      const auto* first = reinterpret_cast<const double*>(value.bits);
      return c10::IValue(std::vector<double>(first, first + value.length));
    }
    case Kind::booleans: {
      if (value.tag != Tag::booleans) mismatch(op, parameter, value);
      const auto* first = reinterpret_cast<const uint8_t*>(value.bits);
      c10::List<bool> list;
      for (int32_t i = 0; i < value.length; i++) list.push_back(first[i] != 0);
      return c10::IValue(std::move(list));
    }
    case Kind::text:
      if (value.tag != Tag::text) mismatch(op, parameter, value);
      return c10::IValue(std::string(reinterpret_cast<const char*>(value.bits), value.length));
    case Kind::device:
      if (value.tag != Tag::device) mismatch(op, parameter, value);
      return c10::IValue(c10::Device(static_cast<c10::DeviceType>(value.bits), static_cast<c10::DeviceIndex>(value.extra)));
    case Kind::generator:
      if (value.tag != Tag::generator) mismatch(op, parameter, value);
      return c10::IValue(at::Generator(
          c10::intrusive_ptr<c10::GeneratorImpl>::reclaim_copy(reinterpret_cast<c10::GeneratorImpl*>(value.bits))));
  }
  mismatch(op, parameter, value);
}

static Value to_value(c10::IValue&& value) {
  if (value.isTensor()) return {reinterpret_cast<int64_t>(release(std::move(value).toTensor())), 0, Tag::tensor, 0};
  if (value.isInt()) return {value.toInt(), 0, Tag::integer, 0};
  if (value.isDouble()) return {as_bits(value.toDouble()), 0, Tag::real, 0};
  if (value.isBool()) return {value.toBool(), 0, Tag::boolean, 0};
  if (value.isNone()) return {0, 0, Tag::none, 0};
  if (value.isScalar()) {
    const auto scalar = value.toScalar();
    if (scalar.isComplex()) {
      const auto number = scalar.toComplexDouble();
      return {as_bits(number.real()), as_bits(number.imag()), Tag::complex, 0};
    }
    return {as_bits(scalar.toDouble()), 0, Tag::real, 0};
  }
  if (value.isTensorList()) {
    auto tensors = std::move(value).toTensorVector();
    auto* handles = static_cast<Handle*>(std::malloc(sizeof(Handle) * (tensors.empty() ? 1 : tensors.size())));
    if (handles == nullptr) throw std::bad_alloc();
    for (size_t i = 0; i < tensors.size(); i++) handles[i] = release(std::move(tensors[i]));
    return {reinterpret_cast<int64_t>(handles), 0, Tag::tensors, static_cast<int32_t>(tensors.size())};
  }
  TORCH_CHECK(false, "results of type ", value.tagKind(), " are not supported");
}

// Calls the operator; trailing arguments that are not given take the schema's defaults. Writes at most `capacity` results
// and returns how many the operator has, or -1. A list of tensors arrives as malloc'ed handles: free it with tsl_free_list.
API int32_t tsl_operator_call(const Operator* op, const Value* arguments, int32_t count, Value* results, int32_t capacity) {
  return guarded(-1, [&]() -> int32_t {
    const auto& parameters = op->parameters;
    TORCH_CHECK(static_cast<size_t>(count) <= parameters.size(), op->name, " takes ", parameters.size(), " arguments, not ", count);
    // The stack's memory is kept from call to call; a call inside of this one finds none and makes its own.
    static thread_local torch::jit::Stack spare;
    auto stack = std::exchange(spare, {});
    stack.reserve(parameters.size());
    for (int32_t i = 0; i < count; i++) stack.push_back(to_ivalue(*op, parameters[i], arguments[i]));
    for (size_t i = count; i < parameters.size(); i++) stack.push_back(to_ivalue(*op, parameters[i], {0, 0, Tag::missing, 0}));
    op->handle.callBoxed(&stack);
    const auto produced = static_cast<int32_t>(stack.size());
    for (int32_t i = 0; i < produced && i < capacity; i++) results[i] = to_value(std::move(stack[i]));
    stack.clear();
    spare = std::move(stack);
    return produced;
  });
}

API void tsl_free_list(void* list) { std::free(list); }

// -------------------------------------------------------------------------------------------- lifetime, metadata, memory

API void tsl_tensor_free(Handle handle) {
  c10::intrusive_ptr<c10::TensorImpl, c10::UndefinedTensorImpl>::reclaim(handle);
}

API Handle tsl_tensor_share(Handle handle) { return release(borrow(handle)); }

API int64_t tsl_tensor_dim(Handle handle) {
  return guarded(int64_t{-1}, [&] { return borrow(handle).dim(); });
}

API int64_t tsl_tensor_numel(Handle handle) {
  return guarded(int64_t{-1}, [&] { return borrow(handle).numel(); });
}

API int32_t tsl_tensor_sizes(Handle handle, int64_t* into, int32_t capacity) {
  return guarded(-1, [&]() -> int32_t {
    const auto tensor = borrow(handle);
    const auto sizes = tensor.sizes();
    for (size_t i = 0; i < sizes.size() && i < static_cast<size_t>(capacity); i++) into[i] = sizes[i];
    return static_cast<int32_t>(sizes.size());
  });
}

API int32_t tsl_tensor_strides(Handle handle, int64_t* into, int32_t capacity) {
  return guarded(-1, [&]() -> int32_t {
    const auto tensor = borrow(handle);
    const auto strides = tensor.strides();
    for (size_t i = 0; i < strides.size() && i < static_cast<size_t>(capacity); i++) into[i] = strides[i];
    return static_cast<int32_t>(strides.size());
  });
}

API int32_t tsl_tensor_dtype(Handle handle) {
  return guarded(-1, [&]() -> int32_t { return static_cast<int32_t>(borrow(handle).scalar_type()); });
}

API int32_t tsl_tensor_device_type(Handle handle) {
  return guarded(-1, [&]() -> int32_t { return static_cast<int32_t>(borrow(handle).device().type()); });
}

API int32_t tsl_tensor_device_index(Handle handle) {
  return guarded(-2, [&]() -> int32_t { return borrow(handle).device().index(); });
}

API int64_t tsl_tensor_element_size(Handle handle) {
  return guarded(int64_t{-1}, [&] { return static_cast<int64_t>(borrow(handle).element_size()); });
}

API int64_t tsl_tensor_storage_offset(Handle handle) {
  return guarded(int64_t{-1}, [&] { return borrow(handle).storage_offset(); });
}

API int32_t tsl_tensor_is_contiguous(Handle handle) {
  return guarded(-1, [&]() -> int32_t { return borrow(handle).is_contiguous(); });
}

API int32_t tsl_tensor_is_sparse(Handle handle) {
  return guarded(-1, [&]() -> int32_t { return borrow(handle).is_sparse(); });
}

API int32_t tsl_tensor_data(Handle handle, void** into) {
  return guarded_status([&] { *into = borrow(handle).data_ptr(); });
}

// A tensor over memory that somebody else owns; `release_memory(context)` runs when the last tensor over it is gone.
API Handle tsl_tensor_from_blob(void* data, const int64_t* sizes, int32_t dimensions, int32_t dtype, void (*release_memory)(void*), void* context) {
  return guarded(Handle{nullptr}, [&] {
    const auto options = at::TensorOptions().dtype(static_cast<at::ScalarType>(dtype));
    return release(at::from_blob(data, at::IntArrayRef(sizes, dimensions), [=](void*) { release_memory(context); }, options));
  });
}

// ------------------------------------------------------------------------------------------------------------- autograd

API int32_t tsl_tensor_requires_grad(Handle handle) {
  return guarded(-1, [&]() -> int32_t { return borrow(handle).requires_grad(); });
}

API int32_t tsl_tensor_set_requires_grad(Handle handle, int32_t value) {
  return guarded_status([&] { borrow(handle).set_requires_grad(value != 0); });
}

API int32_t tsl_tensor_is_leaf(Handle handle) {
  return guarded(-1, [&]() -> int32_t { return borrow(handle).is_leaf(); });
}

API int32_t tsl_tensor_retain_grad(Handle handle) {
  return guarded_status([&] { borrow(handle).retain_grad(); });
}

API int32_t tsl_tensor_grad(Handle handle, Handle* gradient) {
  return guarded_status([&] { *gradient = release(borrow(handle).grad()); });
}

API int32_t tsl_tensor_set_grad(Handle handle, Handle gradient) {
  return guarded_status([&] { borrow(handle).mutable_grad() = borrow(gradient); });
}

// retain_graph: 0, 1, or -1 for "as create_graph".
API int32_t tsl_backward(const Handle* tensors, int32_t count, const Handle* gradients, int32_t gradient_count,
                         int32_t retain_graph, int32_t create_graph, const Handle* inputs, int32_t input_count) {
  return guarded_status([&] {
    torch::autograd::backward(borrow_all(tensors, count), borrow_all(gradients, gradient_count),
                              retain_graph < 0 ? create_graph != 0 : retain_graph != 0, create_graph != 0,
                              borrow_all(inputs, input_count));
  });
}

// Writes one handle for each input; null where the output does not depend on it.
API int32_t tsl_grad(const Handle* outputs, int32_t count, const Handle* inputs, int32_t input_count, const Handle* gradients,
                     int32_t gradient_count, int32_t retain_graph, int32_t create_graph, int32_t allow_unused, Handle* results) {
  return guarded_status([&] {
    auto found = torch::autograd::grad(borrow_all(outputs, count), borrow_all(inputs, input_count),
                                       borrow_all(gradients, gradient_count), retain_graph < 0 ? create_graph != 0 : retain_graph != 0,
                                       create_graph != 0, allow_unused != 0);
    for (size_t i = 0; i < found.size(); i++) results[i] = release(std::move(found[i]));
  });
}

API int32_t tsl_grad_mode() { return at::GradMode::is_enabled(); }

API void tsl_set_grad_mode(int32_t enabled) { at::GradMode::set_enabled(enabled != 0); }

API int32_t tsl_inference_mode() { return c10::InferenceMode::is_enabled(); }

// The guard must be deleted on the thread that made it, last made first.
API c10::InferenceMode* tsl_inference_mode_enter(int32_t enabled) {
  return guarded(static_cast<c10::InferenceMode*>(nullptr), [&] { return new c10::InferenceMode(enabled != 0); });
}

API void tsl_inference_mode_leave(c10::InferenceMode* guard) { delete guard; }

API int32_t tsl_anomaly_mode() { return torch::autograd::AnomalyMode::is_enabled(); }

API int32_t tsl_anomaly_mode_checks_nan() { return torch::autograd::AnomalyMode::should_check_nan(); }

API void tsl_set_anomaly_mode(int32_t enabled, int32_t check_nan) {
  torch::autograd::AnomalyMode::set_enabled(enabled != 0, check_nan != 0);
}

// ------------------------------------------------------------------------------------------- custom autograd functions

// What C# provides for a node: `backward` gets borrowed gradients (null where undefined) and writes owned ones, or returns
// the token of an exception and its message; `release_state` runs when the node is gone.
struct NodeCallbacks {
  int64_t (*backward)(int64_t state, const Handle* gradients, int32_t count, Handle* results, int32_t capacity, const char** message);
  void (*release_state)(int64_t state);
};

struct CallbackNode : torch::autograd::Node {
  NodeCallbacks callbacks;
  int64_t state;
  std::string title;
  bool materialize = true;
  std::vector<torch::autograd::SavedVariable> saved;

  CallbackNode(NodeCallbacks callbacks, int64_t state, const char* title) : callbacks(callbacks), state(state), title(title) {}
  ~CallbackNode() override { callbacks.release_state(state); }

  std::string name() const override { return title; }

  void release_variables() override {
    for (auto& variable : saved) variable.reset_data();
  }

  torch::autograd::variable_list apply(torch::autograd::variable_list&& gradients) override {
    std::vector<Handle> handles;
    for (size_t i = 0; i < gradients.size(); i++) {
      if (!gradients[i].defined() && materialize) gradients[i] = input_metadata(i).zeros_like();
      handles.push_back(gradients[i].defined() ? gradients[i].unsafeGetTensorImpl() : nullptr);
    }
    std::vector<Handle> results(num_outputs(), nullptr);
    const char* message = "";
    const auto token = callbacks.backward(state, handles.data(), static_cast<int32_t>(handles.size()), results.data(),
                                          static_cast<int32_t>(results.size()), &message);
    torch::autograd::variable_list wrapped;
    for (auto* result : results) {
      wrapped.push_back(result == nullptr
          ? at::Tensor()
          : at::Tensor(c10::intrusive_ptr<c10::TensorImpl, c10::UndefinedTensorImpl>::reclaim(result)));
    }
    if (token != 0) throw ManagedException(token, message);
    return wrapped;
  }
};

// What holds a node: std::shared_ptr in libtorch 1 and most of 2, c10::intrusive_ptr in the newest. Templates, so that the branch
// for the other kind is not compiled.
using NodePointer = decltype(torch::autograd::Edge::function);

template <typename Concrete, typename... Arguments>
static NodePointer make_node(Arguments... arguments) {
  if constexpr (std::is_base_of_v<c10::intrusive_ptr_target, Concrete>) {
    return c10::make_intrusive<Concrete>(arguments...);
  } else {
    return NodePointer(new Concrete(arguments...), [](auto* node) { deleteNode(node); });
  }
}

template <typename Pointer = NodePointer, typename Concrete>
static Pointer pointer_to(Concrete* node) {
  if constexpr (std::is_base_of_v<c10::intrusive_ptr_target, Concrete>) return Pointer::reclaim_copy(node);
  else return node->shared_from_this();
}

API NodePointer* tsl_node_new(NodeCallbacks callbacks, int64_t state, const char* name, const Handle* inputs, int32_t count) {
  return guarded(static_cast<NodePointer*>(nullptr), [&] {
    auto edges = torch::autograd::collect_next_edges(borrow_all(inputs, count));
    auto node = make_node<CallbackNode>(callbacks, state, name);
    node->set_next_edges(std::move(edges));
    return new NodePointer(std::move(node));
  });
}

// Gives up the reference that forward held; the graph of the outputs keeps the node from here on.
API void tsl_node_free(NodePointer* node) { delete node; }

// Makes the node the history of the outputs, whose handles are borrowed. An output that is an unchanged input is replaced by an
// alias, which the caller then owns.
API int32_t tsl_node_set_history(NodePointer* reference, const Handle* inputs, int32_t input_count, Handle* outputs, int32_t output_count,
                                 const Handle* dirty, int32_t dirty_count, const Handle* constant, int32_t constant_count) {
  return guarded_status([&] {
    const auto& node = *reference;
    const std::unordered_set<Handle> given(inputs, inputs + input_count), changed(dirty, dirty + dirty_count),
        fixed(constant, constant + constant_count);
    for (int32_t i = 0; i < output_count; i++) {
      auto output = borrow(outputs[i]);
      if (!output.defined() || fixed.count(outputs[i]) != 0 || !torch::autograd::isDifferentiableType(output.scalar_type())) {
        node->add_input_metadata(torch::autograd::Node::undefined_input());
        continue;
      }
      if (changed.count(outputs[i]) != 0) {
        torch::autograd::impl::bump_version(output);
        const auto number = node->add_input_metadata(output);
        torch::autograd::impl::rebase_history(output, {node, number});
        continue;
      }
      if (given.count(outputs[i]) != 0) {
        at::AutoDispatchBelowADInplaceOrView below_autograd;
        output = at::alias(output);
        outputs[i] = release(output);
      }
      const auto number = node->add_input_metadata(output);
      torch::autograd::impl::set_gradient_edge(output, {node, number});
    }
  });
}

API int32_t tsl_node_save(NodePointer* reference, const Handle* tensors, int32_t count, int32_t materialize) {
  return guarded_status([&] {
    auto& node = static_cast<CallbackNode&>(**reference);
    node.materialize = materialize != 0;
    for (int32_t i = 0; i < count; i++) {
      const auto tensor = borrow(tensors[i]);
      const bool is_output = tensor.defined() && tensor.grad_fn().get() == &node;
      node.saved.emplace_back(tensor, is_output);
    }
  });
}

API int32_t tsl_node_saved(CallbackNode* node, Handle* into, int32_t capacity) {
  return guarded(-1, [&]() -> int32_t {
    const auto self = pointer_to(node);
    for (size_t i = 0; i < node->saved.size() && i < static_cast<size_t>(capacity); i++) into[i] = release(node->saved[i].unpack(self));
    return static_cast<int32_t>(node->saved.size());
  });
}

API CallbackNode* tsl_node_address(NodePointer* reference) { return static_cast<CallbackNode*>(reference->get()); }

// --------------------------------------------------------------------------------------------- generators, threads, devices

static at::Generator borrow_generator(c10::GeneratorImpl* handle) {
  return at::Generator(c10::intrusive_ptr<c10::GeneratorImpl>::reclaim_copy(handle));
}

// Seeds the generators of every device.
API int32_t tsl_manual_seed(int64_t seed) {
  return guarded_status([&] { at::manual_seed(static_cast<uint64_t>(seed)); });
}

API c10::GeneratorImpl* tsl_generator_default(int32_t device_type, int32_t device_index) {
  return guarded(static_cast<c10::GeneratorImpl*>(nullptr), [&] {
    const at::Device device(static_cast<at::DeviceType>(device_type), static_cast<c10::DeviceIndex>(device_index));
    return at::Generator(at::globalContext().defaultGenerator(device)).unsafeReleaseGeneratorImpl();
  });
}

API c10::GeneratorImpl* tsl_generator_new(int64_t seed, int32_t device_type, int32_t device_index) {
  return guarded(static_cast<c10::GeneratorImpl*>(nullptr), [&] {
    const at::Device device(static_cast<at::DeviceType>(device_type), static_cast<c10::DeviceIndex>(device_index));
    auto generator = at::globalContext().defaultGenerator(device).clone();
    generator.set_current_seed(static_cast<uint64_t>(seed));
    return generator.unsafeReleaseGeneratorImpl();
  });
}

API void tsl_generator_free(c10::GeneratorImpl* handle) { c10::intrusive_ptr<c10::GeneratorImpl>::reclaim(handle); }

API int32_t tsl_generator_set_seed(c10::GeneratorImpl* handle, int64_t seed) {
  return guarded_status([&] {
    auto generator = borrow_generator(handle);
    std::lock_guard<std::mutex> lock(generator.mutex());
    generator.set_current_seed(static_cast<uint64_t>(seed));
  });
}

API int64_t tsl_generator_seed(c10::GeneratorImpl* handle) {
  return guarded(int64_t{0}, [&] { return static_cast<int64_t>(borrow_generator(handle).current_seed()); });
}

API Handle tsl_generator_state(c10::GeneratorImpl* handle) {
  return guarded(Handle{nullptr}, [&] { return release(borrow_generator(handle).get_state()); });
}

API int32_t tsl_generator_set_state(c10::GeneratorImpl* handle, Handle state) {
  return guarded_status([&] { borrow_generator(handle).set_state(borrow(state)); });
}

API int32_t tsl_threads() { return at::get_num_threads(); }

API int32_t tsl_set_threads(int32_t count) {
  return guarded_status([&] { at::set_num_threads(count); });
}

API int32_t tsl_interop_threads() { return static_cast<int32_t>(at::get_num_interop_threads()); }

API int32_t tsl_set_interop_threads(int32_t count) {
  return guarded_status([&] { at::set_num_interop_threads(count); });
}

API int32_t tsl_cuda_is_available() {
  return guarded(0, [&]() -> int32_t { return torch::cuda::is_available(); });
}

API int32_t tsl_cudnn_is_available() {
  return guarded(0, [&]() -> int32_t { return torch::cuda::cudnn_is_available(); });
}

API int32_t tsl_cuda_device_count() {
  return guarded(0, [&]() -> int32_t { return static_cast<int32_t>(torch::cuda::device_count()); });
}

API int32_t tsl_cuda_synchronize(int32_t device_index) {
  return guarded_status([&] { torch::cuda::synchronize(device_index); });
}

API int32_t tsl_cuda_manual_seed(int64_t seed, int32_t all_devices) {
  return guarded_status([&] {
    if (all_devices != 0) torch::cuda::manual_seed_all(static_cast<uint64_t>(seed));
    else torch::cuda::manual_seed(static_cast<uint64_t>(seed));
  });
}

API int32_t tsl_allow_tf32_matmul() {
  return guarded(-1, [&]() -> int32_t { return at::globalContext().allowTF32CuBLAS(); });
}

API int32_t tsl_set_allow_tf32_matmul(int32_t allow) {
  return guarded_status([&] { at::globalContext().setAllowTF32CuBLAS(allow != 0); });
}

API int32_t tsl_allow_tf32_cudnn() {
  return guarded(-1, [&]() -> int32_t { return at::globalContext().allowTF32CuDNN(); });
}

API int32_t tsl_set_allow_tf32_cudnn(int32_t allow) {
  return guarded_status([&] { at::globalContext().setAllowTF32CuDNN(allow != 0); });
}
