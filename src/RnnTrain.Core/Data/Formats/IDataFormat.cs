namespace RnnTrain.Data.Formats;

/// <summary>A way to come by data: <see cref="ITextFormat"/> or <see cref="IExampleFormat"/>.</summary>
public interface IDataFormat;
