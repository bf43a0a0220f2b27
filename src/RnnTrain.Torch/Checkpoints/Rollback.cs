using RnnTrain.Training;
using RnnTrain.Training.NonFinite;
using static TorchSharp.torch;

namespace RnnTrain.Checkpoints;

/// <summary>
/// The way back to the last checkpoint, with a lower learning rate, for a run that diverged. It is part of the next checkpoint; a
/// run that is killed before diverges again where it did, and goes back again, so that it ends as if nobody had killed it.
/// </summary>
public sealed class Rollback(NonFinitePolicy policy, CheckpointStore checkpoints, Device device)
{
    /// <summary>Puts the state back. False, and nothing done, where the policy is another, its limit is reached, or there is no checkpoint.</summary>
    public bool Undo(TrainingState state)
    {
        var diverged = state.Progress;
        if (!policy.GoesBack || diverged.Rollbacks >= policy.Limit || checkpoints.Newest is null) return false;
        using var saved = checkpoints.Load("last", device);
        TrainingCheckpoint.Restore(saved, state, device);
        state.Progress.Rollbacks = diverged.Rollbacks + 1;
        state.Progress.RateFactor = diverged.RateFactor * policy.Factor;
        return true;
    }
}
