using RnnTrain.Configuration;
using RnnTrain.Data.Examples;
using RnnTrain.Numerics;

namespace RnnTrain.Data.Formats;

/// <summary>Options of <see cref="IdxFormat"/>.</summary>
[Describe("Images and their labels in IDX files, as of MNIST, plain or compressed with gzip. A split is a list of two files, one of images and one of labels.")]
public sealed record IdxOptions : FormatOptions
{
    [Describe("What a time step is.")]
    public ImageStep Step { get; init; } = ImageStep.Row;

    [Describe("Read the pixels of every image in one random order (Le et al. 2015); needs `step: pixel`.")]
    public bool Permuted { get; init; }

    [Describe("The seed of that order, whatever the seed of the experiment; 1 if absent.")]
    [Bounds(0)]
    public long? PermutationSeed { get; init; }

    public override bool ReadsText => false;

    public override bool GivesTokens => false;

    public override TargetKind? Targets => TargetKind.ClassAtEnd;

    public override IEnumerable<ConfigMistake> Check(DataOptions data)
    {
        if (Permuted && Step == ImageStep.Row)
            yield return new ConfigMistake("data.format.permuted", "rows of permuted pixels are rows of nothing; write step: pixel, or permuted: false");
        if (!Permuted && PermutationSeed is not null)
            yield return new ConfigMistake("data.format.permutation_seed", "there is no permutation; write permuted: true, or remove the key");
    }
}

/// <summary>What a time step of an image is.</summary>
public enum ImageStep
{
    [Describe("A row of pixels, from top to bottom.")]
    Row,

    [Describe("A pixel, row after row (Le, Jaitly and Hinton 2015).")]
    Pixel,
}

/// <summary>
/// Images as sequences, to be classified: sequential MNIST, row by row or pixel by pixel, in order or permuted as in Le, Jaitly and Hinton,
/// "A simple way to initialize recurrent networks of rectified linear units" (2015). A split is two files: one of three dimensions (examples, rows,
/// columns) and one of labels. There are as many classes as the highest label of the training data + 1.
/// </summary>
public sealed class IdxFormat(IdxOptions options, FormatContext context) : IExampleFormat
{
    private const long DefaultPermutationSeed = 1;

    public ExampleData Read(DataOptions data)
    {
        var train = ReadSplit(data.Train, Split.Train);
        var classes = train.Labels.Numbers.Span.ToArray().Max() + 1;
        if (classes < 2) throw new UserMistakeException($"data.train: every label of {train.Labels.File.Path} is 0, so there is nothing to learn");
        List<ImageSet> sets = [train];
        foreach (var (split, entries) in new[] { (Split.Validation, data.Validation), (Split.Test, data.Test) })
        {
            if (entries.Count > 0) sets.Add(ReadSplit(entries, split));
        }

        foreach (var set in sets.Skip(1)) RequireLike(train, set, classes);
        var (rows, columns) = (train.Images.Sizes[1], train.Images.Sizes[2]);
        var features = options.Step == ImageStep.Row ? columns : 1;
        var order = Order(rows * columns);
        var splits = sets.Skip(1).ToDictionary(set => set.Split, IExampleSource (set) =>
            new ImageExamples(set.Images.Numbers, set.Labels.Numbers, 0, (int)data.Limit.Most(set.Split, set.Images.Count), features, order));
        foreach (var (split, first, count) in HeldOut.Cut(train.Images.Count, data.Split))
        {
            if (count == 0) throw new UserMistakeException($"data.split: the {train.Images.Count} images of data.train leave none for {split.Name()}");
            splits.Add(split, new ImageExamples(train.Images.Numbers, train.Labels.Numbers, (int)first, (int)data.Limit.Most(split, count), features, order));
        }

        var shape = new ExampleShape(Vocabulary: 0, features, TargetKind.ClassAtEnd, classes);
        return new ExampleData(shape, splits, [.. sets.SelectMany(set => new[] { set.Images.File, set.Labels.File })], Remarks: []);
    }

    private ImageSet ReadSplit(IReadOnlyList<string> entries, Split split)
    {
        var paths = new DataPaths(context.DataRoot).Resolve(entries, split.Key());
        if (paths.Count != 2)
            throw new UserMistakeException($"{split.Key()}: idx needs two files, one of images and one of labels; there {(paths.Count == 1 ? "is 1" : $"are {paths.Count}")}");
        IdxFile[] files = [.. paths.Select(path => IdxFile.Read(path, split)).OrderBy(file => file.HoldsLabels)];
        if (files[0].HoldsLabels || !files[1].HoldsLabels)
        {
            throw new UserMistakeException(
                $"{split.Key()}: {files[0].File.Path} and {files[1].File.Path} both hold {(files[0].HoldsLabels ? "labels" : "images")}; one of images and one of labels are needed");
        }

        if (files[0].Count != files[1].Count)
        {
            throw new UserMistakeException($"{split.Key()}: {files[0].File.Path} holds {files[0].Count} images, "
                + $"but {files[1].File.Path} {files[1].Count} labels (both numbers at offset 4); they do not belong together");
        }

        return new ImageSet(split, files[0], files[1]);
    }

    private static void RequireLike(ImageSet train, ImageSet other, int classes)
    {
        if (!train.Images.Sizes.Skip(1).SequenceEqual(other.Images.Sizes.Skip(1)))
        {
            throw new UserMistakeException($"{other.Split.Key()}: the images of {other.Images.File.Path} are {Size(other)} pixels, "
                + $"those of {train.Images.File.Path} {Size(train)}; they must be alike");
        }

        var unknown = other.Labels.Numbers.Span.IndexOfAnyInRange((byte)Math.Min(classes, byte.MaxValue), byte.MaxValue);
        if (unknown < 0 || classes > byte.MaxValue) return;
        throw new UserMistakeException($"{other.Split.Key()}: the label {other.Labels.Numbers.Span[unknown]} at offset {other.Labels.Offset(unknown)} "
            + $"of {other.Labels.File.Path} is not in the training data, whose highest is {classes - 1}");
    }

    private static string Size(ImageSet set) => $"{set.Images.Sizes[1]} × {set.Images.Sizes[2]}";

    private int[] Order(int pixels)
    {
        if (!options.Permuted) return [.. Enumerable.Range(0, pixels)];
        return PortableRandom.For(options.PermutationSeed ?? DefaultPermutationSeed, "permuted pixels").Permutation(pixels);
    }

    private sealed record ImageSet(Split Split, IdxFile Images, IdxFile Labels);
}
