using RnnTrain.Configuration;
using RnnTrain.Data.Examples;
using RnnTrain.Data.Inputs;

namespace RnnTrain.Tests.Data.Inputs;

public sealed class InputChunksTests
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Fact]
    public void Chunks_are_full_and_hold_all_texts_in_their_order()
    {
        var chunks = InputChunks.Of(Texts(10), patience: null, Cancel, size: 4).ToList();
        Assert.Equal([4, 4, 2], chunks.Select(chunk => chunk.Count));
        Assert.Equal(Enumerable.Range(0, 10).Select(i => $"{i}"), chunks.SelectMany(chunk => chunk).Select(text => text.Text));
        Assert.Empty(InputChunks.Of([], patience: null, Cancel));
    }

    [Fact]
    public void A_text_does_not_wait_for_one_that_has_not_come()
    {
        using var answered = new SemaphoreSlim(0);
        IEnumerable<TextExample> AsksWhenAnswered()
        {
            for (var turn = 0; turn < 3; turn++)
            {
                yield return new TextExample { Text = $"{turn}" };
                Assert.True(answered.Wait(TimeSpan.FromSeconds(30)), "nobody answered");
            }
        }

        var taken = new List<string>();
        foreach (var chunk in InputChunks.Of(AsksWhenAnswered(), TimeSpan.FromMilliseconds(1), Cancel))
        {
            taken.Add(Assert.Single(chunk).Text);
            answered.Release();
        }

        Assert.Equal(["0", "1", "2"], taken);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(0)]
    public void A_mistake_is_told_when_all_texts_before_it_have_come(int before)
    {
        IEnumerable<TextExample> Broken()
        {
            foreach (var text in Texts(before)) yield return text;
            throw new UserMistakeException("in:9: broken");
        }

        var taken = 0;
        var mistake = Assert.Throws<UserMistakeException>(() =>
        {
            foreach (var chunk in InputChunks.Of(Broken(), patience: null, Cancel, size: 2)) taken += chunk.Count;
        });
        Assert.Equal((before, "in:9: broken"), (taken, mistake.Message));
    }

    [Fact]
    public void What_comes_without_end_is_read_no_further_than_needed_and_can_be_stopped()
    {
        var read = 0;
        IEnumerable<TextExample> Endless()
        {
            while (true) yield return new TextExample { Text = $"{Interlocked.Increment(ref read)}" };
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var chunks = 0;
        foreach (var _ in InputChunks.Of(Endless(), patience: null, stop.Token, size: 5))
        {
            if (++chunks == 3) stop.Cancel();
        }

        Assert.Equal(3, chunks);
        Assert.InRange(Volatile.Read(ref read), 15, 15 + 5 + 2);
    }

    private static IEnumerable<TextExample> Texts(int count) => Enumerable.Range(0, count).Select(i => new TextExample { Text = $"{i}" });
}
