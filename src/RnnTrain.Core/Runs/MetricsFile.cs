using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using RnnTrain.Configuration;
using RnnTrain.Metrics;

namespace RnnTrain.Runs;

/// <summary>
/// `metrics.csv`, open for writing: columns step, epoch, split, metric, value; UTF-8, line feeds, numbers that read back exactly.
/// Others may read it meanwhile. Rows of a step must be written before the checkpoint of that step, or a resumed run lacks them.
/// </summary>
public sealed class MetricsFile : IDisposable
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);
    private static readonly string[] Columns = ["step", "epoch", "split", "metric", "value"];
    private static readonly CsvConfiguration Dialect = new(CultureInfo.InvariantCulture) { NewLine = "\n", BadDataFound = null };

    private readonly FileStream file;
    private readonly HashSet<(long Step, string Split, string Metric)> writtenBefore;

    private MetricsFile(string path, IEnumerable<MetricRow> writtenBefore)
    {
        this.writtenBefore = [.. writtenBefore.Select(KeyOf)];
        file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.Read, bufferSize: 0);
        file.Seek(0, SeekOrigin.End);
    }

    /// <summary>Starts the file of a new run.</summary>
    /// <exception cref="UserMistakeException">The disk does not take it.</exception>
    public static MetricsFile Create(string path) => Reopen(path, [], []);

    /// <summary>
    /// Continues the file of a run resumed after <paramref name="step"/>: rows of later steps, and a line that an interrupted write
    /// left unfinished, are cut away, so that it grows into what the uninterrupted run would have written. What stands there for
    /// <paramref name="step"/> itself is not written a second time: a run may have been killed between its metrics and its checkpoint.
    /// </summary>
    /// <exception cref="UserMistakeException">A line before the last is damaged, or the disk does not take it.</exception>
    public static MetricsFile Continue(string path, long step)
    {
        var kept = File.Exists(path) ? Read(path).Where(row => row.Step <= step).ToArray() : [];
        return Reopen(path, kept, kept.Where(row => row.Step == step));
    }

    /// <summary>All complete rows, in the order they were written.</summary>
    /// <exception cref="UserMistakeException">It cannot be read, or a line is damaged: file and line number.</exception>
    public static IReadOnlyList<MetricRow> Read(string path)
    {
        using var csv = new CsvReader(new StringReader(CompleteLines(path)), Dialect);
        var rows = new List<MetricRow>();
        if (!csv.Read()) return rows;
        if (!csv.Parser.Record.AsSpan().SequenceEqual(Columns))
            throw new UserMistakeException($"{path}:1: the columns are not {string.Join(',', Columns)}: it is no metrics file of a run");
        while (csv.Read()) rows.Add(ParseRow(path, csv));
        return rows;
    }

    /// <summary>Writes a file of these rows in one go, whatever was there before.</summary>
    /// <exception cref="UserMistakeException">The disk does not take it.</exception>
    public static void WriteAll(string path, IEnumerable<MetricRow> rows)
    {
        try
        {
            AtomicFile.Write(path, string.Join(',', Columns) + "\n" + Format(rows));
        }
        catch (Exception error) when (StorageFailure.Is(error))
        {
            throw StorageFailure.Explain(error, path, "make room or make it writable, and start again");
        }
    }

    /// <summary>Adds rows at the end; they reach the operating system, so that a killed process loses none.</summary>
    /// <exception cref="UserMistakeException">The disk is full; the rows before these are still whole.</exception>
    public void Append(IEnumerable<MetricRow> rows)
    {
        var end = file.Position;
        try
        {
            file.Write(Utf8.GetBytes(Format(rows.Where(row => !writtenBefore.Contains(KeyOf(row))))));
        }
        catch (Exception error) when (StorageFailure.Is(error))
        {
            file.SetLength(end); // a full disk takes the first part of what it is given
            throw Explain(error);
        }
    }

    /// <summary>Adds what was measured of one split at one step.</summary>
    /// <inheritdoc cref="Append(IEnumerable{MetricRow})"/>
    public void Append(long step, int epoch, string split, IReadOnlyList<MetricValue> values) =>
        Append(values.Select(value => new MetricRow(step, epoch, split, value.Name, value.Value)));

    /// <summary>Waits until all rows are on the disk, so that no checkpoint saved after it can outlive them.</summary>
    /// <exception cref="UserMistakeException">The disk is full.</exception>
    public void FlushToDisk()
    {
        try
        {
            file.Flush(flushToDisk: true);
        }
        catch (Exception error) when (StorageFailure.Is(error))
        {
            throw Explain(error);
        }
    }

    public void Dispose() => file.Dispose();

    private static MetricsFile Reopen(string path, IEnumerable<MetricRow> rows, IEnumerable<MetricRow> writtenBefore)
    {
        WriteAll(path, rows);
        try
        {
            return new MetricsFile(path, writtenBefore);
        }
        catch (Exception error) when (StorageFailure.Is(error))
        {
            throw StorageFailure.Explain(error, path, "make room or make it writable, and start again");
        }
    }

    private static (long Step, string Split, string Metric) KeyOf(MetricRow row) => (row.Step, row.Split, row.Metric);

    private static string Format(IEnumerable<MetricRow> rows)
    {
        using var text = new StringWriter();
        using (var csv = new CsvWriter(text, Dialect, leaveOpen: true))
        {
            foreach (var row in rows) WriteRow(csv, row);
        }

        return text.ToString();
    }

    private static void WriteRow(CsvWriter csv, MetricRow row)
    {
        csv.WriteField(row.Step.ToString(CultureInfo.InvariantCulture));
        csv.WriteField(row.Epoch.ToString(CultureInfo.InvariantCulture));
        csv.WriteField(row.Split);
        csv.WriteField(row.Metric);
        csv.WriteField(row.Value.ToString("R", CultureInfo.InvariantCulture));
        csv.NextRecord();
    }

    private static string CompleteLines(string path)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(stream, Utf8);
            var text = reader.ReadToEnd();
            return text[..(text.LastIndexOf('\n') + 1)];
        }
        catch (Exception error) when (StorageFailure.Is(error))
        {
            throw new UserMistakeException($"{path}: cannot read: {error.Message.TrimEnd('.')}");
        }
    }

    private static MetricRow ParseRow(string path, CsvReader csv)
    {
        var fields = csv.Parser.Record!;
        var culture = CultureInfo.InvariantCulture;
        if (fields.Length == Columns.Length
            && long.TryParse(fields[0], NumberStyles.None, culture, out var step)
            && int.TryParse(fields[1], NumberStyles.None, culture, out var epoch)
            && double.TryParse(fields[4], NumberStyles.Float, culture, out var value))
        {
            return new MetricRow(step, epoch, fields[2], fields[3], value);
        }

        throw new UserMistakeException($"{path}:{csv.Parser.RawRow}: not a row of {string.Join(',', Columns)}; correct or delete the line");
    }

    private UserMistakeException Explain(Exception error) =>
        StorageFailure.Explain(error, file.Name, "the run is good up to its last checkpoint; make room and continue with --resume");
}
