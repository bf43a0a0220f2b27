using RnnTrain.Configuration;
using RnnTrain.Data.Examples;

namespace RnnTrain.Data.Formats;

/// <summary>A way to come by separate examples, each with what it asks for.</summary>
public interface IExampleFormat : IDataFormat
{
    /// <param name="data">The whole block, which names the files.</param>
    /// <exception cref="UserMistakeException">Files are missing, damaged, or do not fit each other.</exception>
    ExampleData Read(DataOptions data);
}
