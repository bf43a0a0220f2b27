using System.Globalization;
using RnnTrain.Data.Storage;

namespace RnnTrain.Data.Examples;

/// <summary>
/// The examples of one split as numbers, in memory as far as there is room and in a temporary file beyond. An example takes a row of numbers,
/// <code>
/// tokens, classes, target and letters (how many of each), then tokens, classes, target, and for each token how many letters it has, and these
/// </code>
/// Of each example where its row begins is kept likewise, and in four bytes of memory how long it is, which batches of like length ask for most.
/// </summary>
/// <param name="room">How many numbers stay in memory.</param>
/// <param name="unit">What a token is called, in the singular.</param>
public sealed class ExampleStore(StorageRoom room, string unit) : IExampleSource
{
    private const int Header = 4;
    private const int PlaceLength = 2; // numbers that tell where a row begins
    private const int PlaceBits = 30; // of each of them
    private const int Short = ushort.MaxValue; // lengths from here on stand in the row alone
    private readonly NumberStore rows = new(room);
    private readonly NumberStore places = new(room);
    private readonly NumberStore lengths = new(StorageRoom.Of(Configuration.DataStorage.Memory));
    private (int Shortest, int Longest) read = (int.MaxValue, 0);

    public int Count => (int)lengths.Count;

    /// <summary>Tokens that are read, of all examples together.</summary>
    public long Tokens { get; private set; }

    public string Description => string.Create(
        CultureInfo.InvariantCulture, $"{Count:N0} examples, {Tokens:N0} {unit}s, {read.Shortest} to {read.Longest} each{(rows.IsOnDisk ? ", in a temporary file" : "")}");

    /// <summary>Appends an example.</summary>
    /// <param name="example">One that reads tokens, and asks for classes or a sequence.</param>
    /// <exception cref="Configuration.UserMistakeException">The disk is full.</exception>
    public void Add(Example example)
    {
        if (example.Features.Length > 0 || example.Values.Length > 0) throw new ArgumentException("real numbers are not stored", nameof(example));
        places.Add((int)(rows.Count >> PlaceBits));
        places.Add((int)(rows.Count & ((1 << PlaceBits) - 1)));
        lengths.Add((Math.Min(example.Length, Short) << 16) | Math.Min(example.Target.Length, Short));
        rows.Add([example.Tokens.Length, example.Classes.Length, example.Target.Length, example.Characters.Sum(letters => 1 + letters.Length)]);
        rows.Add(example.Tokens);
        rows.Add(example.Classes);
        rows.Add(example.Target);
        foreach (var letters in example.Characters)
        {
            rows.Add(letters.Length);
            rows.Add(letters);
        }

        Tokens += example.Length;
        read = (Math.Min(read.Shortest, example.Length), Math.Max(read.Longest, example.Length));
    }

    public Example Make(int epoch, int index)
    {
        int[] buffer = [];
        var row = Row(index, ref buffer);
        var (tokens, classes, target, letters) = (row[0], row[1], row[2], row[3]);
        row = row[Header..];
        return new Example
        {
            Length = tokens,
            Tokens = row[..tokens].ToArray(),
            Classes = row.Slice(tokens, classes).ToArray(),
            Target = row.Slice(tokens + classes, target).ToArray(),
            Characters = letters == 0 ? [] : Words(row[(tokens + classes + target)..], tokens),
        };
    }

    public ExampleLength LengthOf(int epoch, int index)
    {
        var both = (uint)lengths[index];
        var (longest, written) = ((int)(both >> 16), (int)(both & Short));
        if (longest < Short && written < Short) return new ExampleLength(longest, written);
        int[] buffer = [];
        var row = Row(index, ref buffer);
        return new ExampleLength(row[0], row[2]);
    }

    private static int[][] Words(ReadOnlySpan<int> numbers, int count)
    {
        var words = new int[count][];
        for (var word = 0; word < count; word++)
        {
            words[word] = numbers.Slice(1, numbers[0]).ToArray();
            numbers = numbers[(1 + words[word].Length)..];
        }

        return words;
    }

    private ReadOnlySpan<int> Row(int index, ref int[] buffer)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        Span<int> borders = stackalloc int[2 * PlaceLength];
        var isLast = index == Count - 1;
        places.CopyTo((long)index * PlaceLength, isLast ? borders[..PlaceLength] : borders);
        var first = ((long)borders[0] << PlaceBits) + borders[1];
        var end = isLast ? rows.Count : ((long)borders[2] << PlaceBits) + borders[3];
        return rows.Read(first, (int)(end - first), ref buffer);
    }
}
