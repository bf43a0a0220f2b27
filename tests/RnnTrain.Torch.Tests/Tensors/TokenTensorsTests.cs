using RnnTrain.Data;
using RnnTrain.Data.Batching;
using RnnTrain.Tensors;
using static TorchSharp.torch;

namespace RnnTrain.Tests.Tensors;

public sealed class TokenTensorsTests
{
    [Theory]
    [InlineData(40, 3, 5, false)]
    [InlineData(41, 3, 5, true)]
    [InlineData(7, 8, 4, true)]
    [InlineData(30, 1, 100, false)]
    public void A_batch_of_a_resident_stream_is_the_batch_that_would_be_copied(int tokens, int lanes, int steps, bool scoreEveryToken)
    {
        var text = new TokenSequence(Split.Train, TokenIds.Of([.. Enumerable.Range(1000, tokens)]), UnknownTokens: 0);
        var stream = new TokenStream(text, lanes, steps, scoreEveryToken);
        using var scope = NewDisposeScope();
        using var resident = new TokenTensors(stream, CPU, isResident: true);
        using var copied = new TokenTensors(stream, CPU);
        Assert.NotEqual(resident.Place, copied.Place);
        for (var index = 0; index < stream.Windows; index++)
        {
            var batch = stream.Batch(index);
            var inputs = resident.Inputs(batch); // [time, batch]
            Assert.Equal([batch.Steps, batch.BatchSize], inputs.shape);
            Assert.True(inputs.is_contiguous());
            Assert.Equal(batch.Inputs, inputs.data<long>().ToArray());
            Assert.Equal(batch.Targets, resident.Targets(batch).data<long>().ToArray());
            Assert.Equal(inputs.shape, copied.Inputs(batch).shape);
            Assert.Equal(batch.Inputs, copied.Inputs(batch).data<long>().ToArray());
            Assert.Equal(batch.Targets, copied.Targets(batch).data<long>().ToArray());
        }
    }
}
