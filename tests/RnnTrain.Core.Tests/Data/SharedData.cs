namespace RnnTrain.Tests.Data;

/// <summary>The data sets that the project is measured on, where this machine has them.</summary>
internal static class SharedData
{
    /// <summary>The folder of a data set below $RNN_DATA, or below ../shared/data beside the repository; else the test is skipped.</summary>
    internal static string RootWith(string dataSet)
    {
        var repository = new DirectoryInfo(AppContext.BaseDirectory);
        while (repository is not null && !File.Exists(Path.Combine(repository.FullName, "RnnTrain.sln"))) repository = repository.Parent;
        string?[] roots = [Environment.GetEnvironmentVariable("RNN_DATA"), repository is null ? null : Path.Combine(repository.FullName, "../shared/data")];
        var root = roots.FirstOrDefault(root => !string.IsNullOrEmpty(root) && Directory.Exists(Path.Combine(root, dataSet)));
        Assert.SkipWhen(root is null, $"there is no {dataSet} below $RNN_DATA or ../shared/data");
        return root!;
    }
}
