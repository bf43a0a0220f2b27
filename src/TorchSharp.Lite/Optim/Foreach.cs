using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>
/// Arithmetic on lists of tensors in one call: on a CUDA device one kernel for the whole list, on the processor one tensor after the
/// other. Functions whose names end in an underscore change their first argument.
/// </summary>
internal static class Foreach
{
    private static readonly Operator AddOp = new("_foreach_add.List");
    private static readonly Operator AddInPlace = new("_foreach_add_.List");
    private static readonly Operator AddScalar = new("_foreach_add.Scalar");
    private static readonly Operator AddScalarInPlace = new("_foreach_add_.Scalar");
    private static readonly Operator MultiplyByScalar = new("_foreach_mul.Scalar");
    private static readonly Operator MultiplyByScalarInPlace = new("_foreach_mul_.Scalar");
    private static readonly Operator MultiplyInPlace = new("_foreach_mul_.List");
    private static readonly Operator DivideInPlace = new("_foreach_div_.List");
    private static readonly Operator AddProduct = new("_foreach_addcmul.Scalar");
    private static readonly Operator AddProductInPlace = new("_foreach_addcmul_.Scalar");
    private static readonly Operator AddQuotientInPlace = new("_foreach_addcdiv_.Scalar");
    private static readonly Operator Root = new("_foreach_sqrt");
    private static readonly Operator RootInPlace = new("_foreach_sqrt_");
    private static readonly Operator Minus = new("_foreach_neg");
    private static readonly Operator MaximumInto = new("maximum.out");

    /// <summary>a + α b.</summary>
    public static Tensor[] Add(Tensor[] a, Tensor[] b, double alpha) => AddOp.CallList(a, b, alpha);

    /// <summary>a ← a + α b.</summary>
    public static void Add_(Tensor[] a, Tensor[] b, double alpha) => AddInPlace.Run(a, b, alpha);

    /// <summary>a + s.</summary>
    public static Tensor[] Add(Tensor[] a, double s) => AddScalar.CallList(a, s);

    /// <summary>a ← a + s.</summary>
    public static void Add_(Tensor[] a, double s) => AddScalarInPlace.Run(a, s);

    /// <summary>s a.</summary>
    public static Tensor[] Multiply(Tensor[] a, double s) => MultiplyByScalar.CallList(a, s);

    /// <summary>a ← s a.</summary>
    public static void Multiply_(Tensor[] a, double s) => MultiplyByScalarInPlace.Run(a, s);

    /// <summary>a ← a b.</summary>
    public static void Multiply_(Tensor[] a, Tensor[] b) => MultiplyInPlace.Run(a, b);

    /// <summary>a ← a / b.</summary>
    public static void Divide_(Tensor[] a, Tensor[] b) => DivideInPlace.Run(a, b);

    /// <summary>a + s b c.</summary>
    public static Tensor[] AddProductOf(Tensor[] a, Tensor[] b, Tensor[] c, double s) => AddProduct.CallList(a, b, c, s);

    /// <summary>a ← a + s b c.</summary>
    public static void AddProductOf_(Tensor[] a, Tensor[] b, Tensor[] c, double s) => AddProductInPlace.Run(a, b, c, s);

    /// <summary>a ← a + s b / c.</summary>
    public static void AddQuotientOf_(Tensor[] a, Tensor[] b, Tensor[] c, double s) => AddQuotientInPlace.Run(a, b, c, s);

    /// <summary>√a.</summary>
    public static Tensor[] Sqrt(Tensor[] a) => Root.CallList(a);

    /// <summary>a ← √a.</summary>
    public static void Sqrt_(Tensor[] a) => RootInPlace.Run(a);

    /// <summary>−a.</summary>
    public static Tensor[] Negative(Tensor[] a) => Minus.CallList(a);

    /// <summary>a ← max(a, b).</summary>
    public static void Maximum_(Tensor[] a, Tensor[] b)
    {
        for (var i = 0; i < a.Length; i++) MaximumInto.Run(a[i], b[i], a[i]);
    }

    /// <summary>average ← β average + (1 − β) value.</summary>
    public static void Average_(Tensor[] average, Tensor[] value, double beta)
    {
        Multiply_(average, beta);
        Add_(average, value, 1 - beta);
    }

    /// <summary>average ← β average + (1 − β) value².</summary>
    public static void AverageOfSquares_(Tensor[] average, Tensor[] value, double beta)
    {
        Multiply_(average, beta);
        AddProductOf_(average, value, value, 1 - beta);
    }
}
