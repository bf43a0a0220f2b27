using System.Collections;
using RnnTrain.Data.Storage;

namespace RnnTrain.Data;

/// <summary>The ids of a text in its order: a stretch of stored numbers, as long as a disk allows.</summary>
public sealed class TokenIds : IEnumerable<int>
{
    private const int BlockLength = 1 << 14;
    private readonly NumberStore store;
    private readonly long first;

    /// <param name="store">Where they are.</param>
    /// <param name="first">The place of the first.</param>
    /// <param name="length">How many.</param>
    public TokenIds(NumberStore store, long first, long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        (this.store, this.first, Length) = (store, first, length);
    }

    /// <summary>How many there are.</summary>
    public long Length { get; }

    public int this[long place] => store[first + place];

    /// <summary>These ids, kept in memory.</summary>
    public static TokenIds Of(ReadOnlySpan<int> ids)
    {
        var store = new NumberStore(StorageRoom.Of(Configuration.DataStorage.Memory));
        store.Add(ids);
        return new TokenIds(store, 0, ids.Length);
    }

    /// <inheritdoc cref="NumberStore.Read"/>
    public ReadOnlySpan<int> Read(long place, int count, ref int[] buffer) => store.Read(first + place, count, ref buffer);

    /// <summary>So many ids from a place on.</summary>
    public TokenIds Slice(long place, long length) => new(store, first + place, length);

    /// <summary>All of them in one array.</summary>
    /// <exception cref="Configuration.UserMistakeException">They are more than an array can hold.</exception>
    public int[] ToArray()
    {
        if (Length > Array.MaxLength)
            throw new Configuration.UserMistakeException($"data: {Length} tokens are more than can be counted at once, {Array.MaxLength}; use data.limit");
        var ids = new int[Length];
        store.CopyTo(first, ids);
        return ids;
    }

    /// <summary>Puts other ids in their place.</summary>
    internal void Rewrite(RewriteNumbers change) => store.Rewrite(first, Length, change);

    public IEnumerator<int> GetEnumerator()
    {
        var block = new int[(int)Math.Min(BlockLength, Length)];
        for (var place = 0L; place < Length; place += BlockLength)
        {
            var count = (int)Math.Min(BlockLength, Length - place);
            store.CopyTo(first + place, block.AsSpan(0, count));
            for (var i = 0; i < count; i++) yield return block[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
