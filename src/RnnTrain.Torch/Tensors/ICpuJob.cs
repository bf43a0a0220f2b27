namespace RnnTrain.Tensors;

/// <summary>Work on plain memory, cut in units that do not touch one another, so that any core may do any of them in any order.</summary>
public interface ICpuJob
{
    /// <summary>Does one unit; called from several threads at once. It must not throw.</summary>
    void Do(int unit);
}
