using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace RnnTrain.Configuration;

// Values written as one word in YAML. The binder accepts any IParsable type; ToString() is what the resolved config.yaml holds.

/// <summary>The number format of the network's arithmetic; weights, their optimizer's memory and checkpoints are 32-bit floating point in all.</summary>
public enum Precision
{
    [Describe("32-bit floating point, on a GPU too: TF32 is switched off.")]
    Fp32,

    [Describe("32-bit numbers, whose products on a GPU's tensor cores keep 10 bits of fraction. NVIDIA GPUs from Ampere on.")]
    Tf32,

    [Describe("bfloat16: the range of fp32 with 7 bits of fraction. NVIDIA GPUs from Ampere on, and CPUs, where fp32 is faster.")]
    Bf16,

    [Describe("16-bit floating point with 10 bits of fraction and a narrow range, so the loss is scaled, and a step whose gradient overflows is skipped. GPUs only.")]
    Fp16,
}

/// <summary>Once an epoch, or every so many optimizer steps.</summary>
public readonly record struct Interval(long? Steps) : IParsable<Interval>
{
    public static Interval Epoch => new(null);

    public bool IsEpoch => Steps is null;

    public static Interval Parse(string text, IFormatProvider? provider) =>
        TryParse(text, provider, out var value) ? value : throw new FormatException("`epoch`, or a whole number of steps from 1");

    public static bool TryParse([NotNullWhen(true)] string? text, IFormatProvider? provider, out Interval value)
    {
        value = Epoch;
        if (text == "epoch") return true;
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var steps) || steps < 1) return false;
        value = new Interval(steps);
        return true;
    }

    public override string ToString() => Steps?.ToString(CultureInfo.InvariantCulture) ?? "epoch";
}

/// <summary>A number of CPU threads, or automatic (null).</summary>
public readonly record struct ThreadChoice(int? Count) : IParsable<ThreadChoice>
{
    public static ThreadChoice Auto => new(null);

    public static ThreadChoice Parse(string text, IFormatProvider? provider) =>
        TryParse(text, provider, out var value) ? value : throw new FormatException("`auto`, or a whole number from 1 to 1024");

    public static bool TryParse([NotNullWhen(true)] string? text, IFormatProvider? provider, out ThreadChoice value)
    {
        value = Auto;
        if (text == "auto") return true;
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count is < 1 or > 1024) return false;
        value = new ThreadChoice(count);
        return true;
    }

    public override string ToString() => Count?.ToString(CultureInfo.InvariantCulture) ?? "auto";
}

/// <summary>The device asked for: auto, cpu, cuda or cuda:N.</summary>
/// <param name="Kind">`auto`, `cpu` or `cuda`.</param>
/// <param name="Index">Which GPU, from 0.</param>
public readonly record struct DeviceChoice(string Kind, int Index) : IParsable<DeviceChoice>
{
    public static DeviceChoice Auto => new("auto", 0);

    public static DeviceChoice Parse(string text, IFormatProvider? provider) =>
        TryParse(text, provider, out var value) ? value : throw new FormatException("auto, cpu, cuda, or cuda:N");

    public static bool TryParse([NotNullWhen(true)] string? text, IFormatProvider? provider, out DeviceChoice value)
    {
        value = new DeviceChoice(text ?? "", 0);
        if (text is "auto" or "cpu" or "cuda") return true;
        if (text is null || !text.StartsWith("cuda:", StringComparison.Ordinal)) return false;
        if (!int.TryParse(text.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out var index)) return false;
        value = new DeviceChoice("cuda", index);
        return true;
    }

    public override string ToString() => Kind == "cuda" && Index > 0 ? $"cuda:{Index}" : Kind;
}
