using System.Text;
using RnnTrain.Configuration;
using RnnTrain.Metrics;
using RnnTrain.Runs;

namespace RnnTrain.Tests.Runs;

public sealed class MetricsFileTests : IDisposable
{
    private static readonly MetricRow[] Rows =
    [
        new(100, 1, "train", "loss", 4.605170185988092),
        new(100, 1, "train", "gradient_norm", 1e-300),
        new(200, 1, "train", "loss", double.NaN),
        new(200, 1, "validation", "loss", -0.1),
        new(300, 2, "train", "a, \"quoted\" name", double.PositiveInfinity),
    ];

    private readonly TemporaryFolder temporary = new();

    private string Csv => temporary["metrics.csv"];

    public void Dispose() => temporary.Dispose();

    private string WriteAll()
    {
        using (var metrics = MetricsFile.Create(Csv)) metrics.Append(Rows);
        return File.ReadAllText(Csv);
    }

    [Fact]
    public void Rows_are_tidy_lines_that_end_in_a_line_feed()
    {
        var lines = WriteAll().Split('\n');
        Assert.Equal("step,epoch,split,metric,value", lines[0]);
        Assert.Equal("100,1,train,loss,4.605170185988092", lines[1]);
        Assert.Equal("100,1,train,gradient_norm,1E-300", lines[2]);
        Assert.Equal("", lines[^1]);
        Assert.DoesNotContain('\r', WriteAll());
    }

    [Fact]
    public void Numbers_read_back_to_the_last_bit()
    {
        WriteAll();
        Assert.Equal(Rows, MetricsFile.Read(Csv));
    }

    [Fact]
    public void Rows_are_there_for_others_as_soon_as_they_are_appended()
    {
        using var metrics = MetricsFile.Create(Csv);
        metrics.Append(Rows[..1]);
        Assert.Equal([Rows[0]], MetricsFile.Read(Csv));
        metrics.FlushToDisk();
        metrics.Append(Rows[1..3]);
        Assert.Equal(Rows[..3], MetricsFile.Read(Csv));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(200)]
    [InlineData(250)]
    [InlineData(300)]
    public void A_resumed_file_grows_into_the_uninterrupted_one(long step)
    {
        var uninterrupted = WriteAll();
        using (var metrics = MetricsFile.Continue(Csv, step)) metrics.Append(Rows.Where(row => row.Step > step));
        Assert.Equal(uninterrupted, File.ReadAllText(Csv));
    }

    [Fact]
    public void What_was_written_for_the_resumed_step_is_not_written_twice()
    {
        var uninterrupted = WriteAll();
        using (var metrics = MetricsFile.Continue(Csv, 200))
        {
            metrics.Append(200, 1, "validation", [new MetricValue("loss", -0.1)]);
            metrics.Append(Rows[4..]);
        }

        Assert.Equal(uninterrupted, File.ReadAllText(Csv));
    }

    [Fact]
    public void A_file_cut_anywhere_resumes_with_its_complete_rows()
    {
        var whole = Encoding.UTF8.GetBytes(WriteAll());
        for (var length = 0; length <= whole.Length; length++)
        {
            File.WriteAllBytes(Csv, whole[..length]);
            var complete = Math.Max(0, whole[..length].Count(value => value == '\n') - 1);
            Assert.Equal(Rows[..complete], MetricsFile.Read(Csv));

            using (var metrics = MetricsFile.Continue(Csv, 300)) metrics.Append(Rows[complete..]);
            Assert.Equal(whole, File.ReadAllBytes(Csv));
        }
    }

    [Fact]
    public void A_file_that_is_gone_begins_anew()
    {
        using (var metrics = MetricsFile.Continue(Csv, 200)) metrics.Append(Rows[4..]);
        Assert.Equal([Rows[4]], MetricsFile.Read(Csv));
    }

    [Theory]
    [InlineData("100,1,train,loss\n")]
    [InlineData("x,1,train,loss,1\n")]
    [InlineData("100,1,train,loss,1,2\n")]
    [InlineData("100,1,train,loss,1.2.3\n")]
    public void A_damaged_line_is_named_by_its_number(string line)
    {
        File.WriteAllText(Csv, "step,epoch,split,metric,value\n1,1,train,loss,1\n" + line + "2,1,train,loss,1\n");
        Assert.StartsWith(Csv + ":3: ", Assert.Throws<UserMistakeException>(() => MetricsFile.Read(Csv)).Message);
    }

    [Fact]
    public void A_table_of_something_else_is_refused()
    {
        File.WriteAllText(Csv, "name,age\nx,1\n");
        Assert.StartsWith(Csv + ":1: ", Assert.Throws<UserMistakeException>(() => MetricsFile.Read(Csv)).Message);
    }

    [Fact]
    public void A_missing_file_is_a_mistake_of_one_line() =>
        Assert.Single(Assert.Throws<UserMistakeException>(() => MetricsFile.Read(Csv)).Lines);

    [Fact]
    public void A_full_disk_is_told_in_one_line_and_the_rows_before_stay()
    {
        using var disk = TinyDisk.Mount(megabytes: 1);
        var path = Path.Combine(disk.Path, "metrics.csv");
        using (var metrics = MetricsFile.Create(path))
        {
            metrics.Append(Rows);
            disk.Fill();
            var many = Enumerable.Range(400, 10_000).Select(step => new MetricRow(step, 2, "train", "loss", 1.5));
            var line = Assert.Single(Assert.Throws<UserMistakeException>(() => metrics.Append(many)).Lines);
            Assert.Contains("no space is left on the disk", line);
            Assert.Contains("--resume", line);
        }

        Assert.Equal(Rows, MetricsFile.Read(path));
    }
}
