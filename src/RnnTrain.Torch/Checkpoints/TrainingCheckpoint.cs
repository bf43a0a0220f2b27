using System.Text.Json;
using System.Text.Json.Serialization;
using RnnTrain.Configuration;
using RnnTrain.Layers;
using RnnTrain.Training;
using RnnTrain.Training.Precisions;
using static TorchSharp.torch;

namespace RnnTrain.Checkpoints;

/// <summary>What of a training state goes into a checkpoint, and back.</summary>
public static class TrainingCheckpoint
{
    /// <summary>The state's own tensors, not copies: save them before the next step.</summary>
    public static CheckpointContents Of(TrainingState state) => new()
    {
        Step = state.Progress.Step,
        Model = [.. state.Precision.Parameters.Select(named => (named.Name, (Tensor)named.Parameter)), .. state.Model.Tables],
        Optimizer = state.Optimizer.Memory,
        Carried = state.Carried is null ? [] : [.. state.Carried.NamedTensors()],
        ProgressJson = JsonSerializer.Serialize(state.Progress, ProgressJson.Default.TrainingProgress),
        ValidationLoss = state.Progress.EvaluatedStep == state.Progress.Step ? state.Progress.ValidationLoss : null,
    };

    /// <summary>Where a run stood at its newest checkpoint; null where there is none or it is damaged.</summary>
    public static TrainingProgress? NewestProgress(CheckpointStore checkpoints)
    {
        try
        {
            return checkpoints.NewestProgressJson() is { } json ? JsonSerializer.Deserialize(json, ProgressJson.Default.TrainingProgress) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Puts a saved state into a freshly built one, which must have the same shapes.</summary>
    /// <exception cref="UserMistakeException">The checkpoint belongs to another model or optimizer.</exception>
    public static void Restore(CheckpointContents saved, TrainingState state, Device device)
    {
        try
        {
            var model = saved.Model.ToDictionary(pair => pair.Name, pair => pair.Tensor);
            state.Model.TakeTables(model);
            ParameterLoading.Load(state.Precision.Parameters, model);
            state.Precision.UpdateModel();
            state.Optimizer.Restore(saved.Optimizer.ToDictionary(pair => pair.Name, pair => pair.Tensor));
            state.Progress = JsonSerializer.Deserialize(saved.ProgressJson, ProgressJson.Default.TrainingProgress)
                ?? throw new InvalidDataException("its progress is null");
            state.Precision.LossScale?.Restore(state.Progress.LossScale ?? new LossScaleState());
            if (saved.Carried.Count > 0) state.Carry(state.Model.RestoreState(saved.Carried.ToDictionary(pair => pair.Name, pair => pair.Tensor.to(device))));
        }
        catch (Exception mismatch) when (mismatch is InvalidDataException or JsonException or ArgumentException)
        {
            throw new UserMistakeException($"checkpoint {saved.Step} does not fit this configuration: {mismatch.Message}");
        }
    }
}

[JsonSerializable(typeof(TrainingProgress))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
internal sealed partial class ProgressJson : JsonSerializerContext;
