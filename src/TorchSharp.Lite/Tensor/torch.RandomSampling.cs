using TorchSharp.Interop;

namespace TorchSharp;

// Random integers, permutations, and single random numbers.
public static partial class torch
{
    public static Tensor randint(
        long high, long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null,
        string[]? names = null) =>
        randint(0, high, size, dtype, device, requires_grad, generator, names);

    /// <summary>Integers from low to below high; Int64 unless a type is given.</summary>
    public static Tensor randint(
        long low, long high, long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null, string[]? names = null) =>
        Finish(
            Op.RandintLowGenerator.Call(low, high, size, generator, dtype ?? ScalarType.Int64, Value.None, InitializeDevice(device)),
            requires_grad, names);

    public static Tensor randint(
        long high, Size size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null,
        string[]? names = null) =>
        randint(0, high, size.Shape, dtype, device, requires_grad, generator, names);

    public static Tensor randint(
        long low, long high, Size size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null, string[]? names = null) =>
        randint(low, high, size.Shape, dtype, device, requires_grad, generator, names);

    public static Tensor randint(
        int high, int[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null,
        string[]? names = null) =>
        randint(0, high, new Size(size), dtype, device, requires_grad, generator, names);

    public static Tensor randint(
        int low, int high, int[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null, string[]? names = null) =>
        randint(low, high, new Size(size), dtype, device, requires_grad, generator, names);

    /// <summary>The numbers below n in random order.</summary>
    public static Tensor randperm(
        long n, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null) =>
        Finish(
            Op.RandpermGenerator.Call(n, generator, dtype ?? ScalarType.Int64, Value.None, InitializeDevice(device)), requires_grad, null);

    public static Tensor normal(
        double mean, double std, ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null, string[]? names = null) =>
        randn(size, dtype, device, requires_grad: false, generator, names).mul_(std).add_(mean).requires_grad_(requires_grad);

    public static Tensor normal(Tensor mean, Tensor std, Generator? generator = null) => Op.NormalTensorTensor.Call(mean, std, generator);

    public static double rand_float(Generator? generator = null) => One(CreateRand([1], ScalarType.Float64, CPU, false, generator, null));

    public static double randn_float(Generator? generator = null) => One(CreateRandn([1], ScalarType.Float64, CPU, false, generator, null));

    public static bool randint_bool(Generator? generator = null) => randint_long(2, generator) == 1;

    public static int randint_int(int high, Generator? generator = null) => (int)randint_long(high, generator);

    public static int randint_int(int low, int high, Generator? generator = null) => (int)randint_long(low, high, generator);

    public static long randint_long(long high, Generator? generator = null) => randint_long(0, high, generator);

    public static long randint_long(long low, long high, Generator? generator = null)
    {
        using var number = randint(low, high, new[] { 1L }, ScalarType.Int64, CPU, false, generator);
        return number.item<long>();
    }

    private static double One(Tensor number)
    {
        using (number) return number.item<double>();
    }
}

file static class Op
{
    public static readonly Operator RandintLowGenerator = new("randint.low_generator");
    public static readonly Operator RandpermGenerator = new("randperm.generator");
    public static readonly Operator NormalTensorTensor = new("normal.Tensor_Tensor");
}
