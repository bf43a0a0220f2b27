using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;
using static TorchSharp.torch;

namespace RnnTrain.Tensors;

/// <summary>
/// The head of a safetensors file, format of huggingface/safetensors: 8 bytes of length (little-endian), then so many bytes of JSON,
/// <c>{"__metadata__": {…}, "name": {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]}, …}</c>, padded with spaces to a
/// multiple of 8 bytes; the tensors' bytes follow, row-major and little-endian, without gap or overlap. No part of the file is ever
/// executed.
/// </summary>
public sealed class SafetensorsHeader
{
    private const string MetadataKey = "__metadata__";
    private const int LengthBytes = 8;
    private const int Alignment = 8;

    // The reference implementation's own limit, so that no length makes a reader ask for all the memory there is.
    private const long LongestHeader = 100_000_000;

    private SafetensorsHeader(IReadOnlyList<SafetensorsEntry> entries, IReadOnlyDictionary<string, string> metadata, long dataStart)
    {
        Entries = entries;
        Metadata = metadata;
        DataStart = dataStart;
    }

    /// <summary>The tensors in the order of their bytes.</summary>
    public IReadOnlyList<SafetensorsEntry> Entries { get; }

    /// <summary>What the writer noted, for instance <c>format: pt</c>.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Bytes before the first tensor's.</summary>
    public long DataStart { get; }

    /// <summary>Reads and checks the head of a file.</summary>
    /// <param name="stream">At the file's beginning; left at the first tensor's bytes.</param>
    /// <exception cref="InvalidDataException">The file is damaged, with what is wrong.</exception>
    public static SafetensorsHeader Read(Stream stream)
    {
        if (stream.Length < LengthBytes) throw new InvalidDataException($"it ends after {stream.Length} bytes, within the header");
        Span<byte> prefix = stackalloc byte[LengthBytes];
        stream.ReadExactly(prefix);
        var length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length > LongestHeader)
            throw new InvalidDataException($"it claims a header of {length} bytes, and {LongestHeader} are the most");
        var rest = stream.Length - LengthBytes;
        if (length > (ulong)rest)
            throw new InvalidDataException($"it ends within the header: {length} bytes are claimed, {rest} are there");
        var json = new byte[length];
        stream.ReadExactly(json);
        try
        {
            return Parse(json, rest - json.Length);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException or OverflowException)
        {
            throw new InvalidDataException($"the header cannot be read: {error.Message.TrimEnd('.')}", error);
        }
    }

    /// <summary>
    /// The head for tensors of these names, types and shapes. Wider types come first, so that all are aligned; else the order stays.
    /// </summary>
    public static (byte[] Bytes, IReadOnlyList<int> Order) Compose(
        IReadOnlyList<(string Name, Tensor Tensor)> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        int[] order =
        [
            .. Enumerable.Range(0, tensors.Count).OrderByDescending(index => SafetensorsTypes.Of(tensors[index].Tensor.dtype).Bytes),
        ];
        using var buffer = new MemoryStream();
        buffer.Write(new byte[LengthBytes]);
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteStartObject(MetadataKey);
            foreach (var (key, value) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal)) json.WriteString(key, value);
            json.WriteEndObject();
            var offset = 0L;
            foreach (var index in order) offset = WriteEntry(json, tensors[index].Name, tensors[index].Tensor, offset);
            json.WriteEndObject();
        }

        while (buffer.Length % Alignment != 0) buffer.WriteByte((byte)' ');
        var bytes = buffer.ToArray();
        BinaryPrimitives.WriteInt64LittleEndian(bytes, bytes.Length - LengthBytes);
        return (bytes, order);
    }

    private static long WriteEntry(Utf8JsonWriter json, string name, Tensor tensor, long offset)
    {
        if (name == MetadataKey) throw new ArgumentException($"no tensor may be named {MetadataKey}");
        var (type, _, size) = SafetensorsTypes.Of(tensor.dtype);
        var end = offset + (tensor.numel() * size);
        json.WriteStartObject(name);
        json.WriteString("dtype", type);
        json.WriteStartArray("shape");
        foreach (var extent in tensor.shape) json.WriteNumberValue(extent);
        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(offset);
        json.WriteNumberValue(end);
        json.WriteEndArray();
        json.WriteEndObject();
        return end;
    }

    private static SafetensorsHeader Parse(ReadOnlyMemory<byte> json, long dataBytes)
    {
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 4, AllowDuplicateProperties = false });
        var entries = new List<SafetensorsEntry>();
        var metadata = new Dictionary<string, string>();
        foreach (var property in document.RootElement.EnumerateObject())
        {
            if (property.Name == MetadataKey) metadata = ParseMetadata(property.Value);
            else entries.Add(ParseEntry(property.Name, property.Value));
        }

        entries.Sort((left, right) => (left.Begin, left.End).CompareTo((right.Begin, right.End)));
        var place = 0L;
        foreach (var entry in entries)
        {
            if (entry.Begin != place)
                throw new InvalidDataException($"tensor '{entry.Name}' begins at byte {entry.Begin}, not {place}, of the data");
            place = entry.End;
        }

        if (place != dataBytes) throw new InvalidDataException($"its tensors need {place} bytes of data, and {dataBytes} are there");
        return new SafetensorsHeader(entries, metadata, LengthBytes + json.Length);
    }

    private static Dictionary<string, string> ParseMetadata(JsonElement json) => json.EnumerateObject().ToDictionary(
        note => note.Name, note => note.Value.GetString() ?? throw new JsonException($"{MetadataKey} holds a null"));

    private static SafetensorsEntry ParseEntry(string name, JsonElement value)
    {
        string? typeName = null;
        long[]? shape = null;
        long[]? offsets = null;
        foreach (var property in value.EnumerateObject())
        {
            if (property.NameEquals("dtype")) typeName = property.Value.GetString();
            else if (property.NameEquals("shape")) shape = WholeNumbers(name, property.Value);
            else if (property.NameEquals("data_offsets")) offsets = WholeNumbers(name, property.Value);
            else throw new InvalidDataException($"tensor '{name}' has the unknown property '{property.Name}'");
        }

        if (typeName is null || shape is null || offsets is not [var begin, var end])
            throw new InvalidDataException($"tensor '{name}' lacks its dtype, shape or two data_offsets");
        var type = SafetensorsTypes.Of(typeName);
        var bytes = shape.Aggregate((long)type.Bytes, (product, extent) => checked(product * extent));
        if (end >= begin && end - begin == bytes) return new SafetensorsEntry(name, type.Type, shape, begin, end);
        var extents = string.Join(", ", shape);
        throw new InvalidDataException($"tensor '{name}', {typeName} [{extents}], needs {bytes} bytes, its data_offsets are {begin} to {end}");
    }

    private static long[] WholeNumbers(string name, JsonElement array)
    {
        long[] numbers = [.. array.EnumerateArray().Select(number => number.GetInt64())];
        return numbers.All(number => number >= 0) ? numbers : throw new InvalidDataException($"tensor '{name}' has a negative number");
    }
}
