using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace RnnTrain.Tensors;

/// <summary>The check of a tensor's shape at the border of a module. It costs nothing but the comparisons when the shape is right.</summary>
public static class Shapes
{
    /// <summary>An axis that may have any size.</summary>
    public const long Any = -1;

    /// <exception cref="ArgumentException">The tensor has another shape: `input is [20, 8, 30], but [time, batch, features = 64] is needed`.</exception>
    public static void Require(
        Tensor tensor,
        string name,
        long first,
        [CallerArgumentExpression(nameof(first))] string firstAxis = "")
    {
        if (tensor.dim() == 1 && Fits(tensor, 0, first)) return;
        throw Wrong(tensor, name, Axis(firstAxis, first));
    }

    /// <inheritdoc cref="Require(Tensor, string, long, string)"/>
    public static void Require(
        Tensor tensor,
        string name,
        long first,
        long second,
        [CallerArgumentExpression(nameof(first))] string firstAxis = "",
        [CallerArgumentExpression(nameof(second))] string secondAxis = "")
    {
        if (tensor.dim() == 2 && Fits(tensor, 0, first) && Fits(tensor, 1, second)) return;
        throw Wrong(tensor, name, Axis(firstAxis, first), Axis(secondAxis, second));
    }

    /// <inheritdoc cref="Require(Tensor, string, long, string)"/>
    public static void Require(
        Tensor tensor,
        string name,
        long first,
        long second,
        long third,
        [CallerArgumentExpression(nameof(first))] string firstAxis = "",
        [CallerArgumentExpression(nameof(second))] string secondAxis = "",
        [CallerArgumentExpression(nameof(third))] string thirdAxis = "")
    {
        if (tensor.dim() == 3 && Fits(tensor, 0, first) && Fits(tensor, 1, second) && Fits(tensor, 2, third)) return;
        throw Wrong(tensor, name, Axis(firstAxis, first), Axis(secondAxis, second), Axis(thirdAxis, third));
    }

    private static bool Fits(Tensor tensor, int axis, long size) => size == Any || tensor.size(axis) == size;

    /// <summary>`batch = 20`; an axis of any size by its name alone.</summary>
    private static string Axis(string expression, long size)
    {
        var word = expression[(expression.LastIndexOf('.') + 1)..].ToLowerInvariant();
        return size == Any ? word : $"{word} = {size}";
    }

    private static ArgumentException Wrong(Tensor tensor, string name, params string[] axes) =>
        new($"{name} is [{string.Join(", ", tensor.shape)}], but [{string.Join(", ", axes)}] is needed");
}
