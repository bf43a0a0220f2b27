using System.Globalization;
using RnnTrain.Data.Examples;

namespace RnnTrain.Data.Formats;

/// <summary>Images read as sequences of pixels, or of rows of pixels; a pixel is its byte / 255.</summary>
/// <param name="pixels">[examples · pixels].</param>
/// <param name="labels">[examples].</param>
/// <param name="first">The first example that belongs to the split.</param>
/// <param name="count">How many do.</param>
/// <param name="features">Pixels a step: 1, or a row.</param>
/// <param name="order">Which pixel each place of the sequence takes: [pixels].</param>
internal sealed class ImageExamples(
    ReadOnlyMemory<byte> pixels, ReadOnlyMemory<byte> labels, int first, int count, int features, int[] order) : IExampleSource
{
    public int Count => count;

    public string Description => string.Create(CultureInfo.InvariantCulture, $"{count:N0} images, {order.Length / features} steps each");

    public Example Make(int epoch, int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, count);
        var image = pixels.Span.Slice((first + index) * order.Length, order.Length); // [pixels]
        var steps = new float[order.Length]; // [time · features]
        for (var place = 0; place < steps.Length; place++) steps[place] = image[order[place]] / 255f;
        return new Example { Length = order.Length / features, Features = steps, Classes = [labels.Span[first + index]] };
    }
}
