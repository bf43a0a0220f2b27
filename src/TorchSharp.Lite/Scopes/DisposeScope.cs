namespace TorchSharp;

/// <summary>
/// Owns the tensors that are created on its thread while it is the innermost scope, and disposes them when it is disposed, except
/// those that were moved out or detached.
/// </summary>
public sealed class DisposeScope : IDisposable
{
    private DisposeScopeManager? manager;

    internal DisposeScope(DisposeScopeManager manager, DisposeScope? outer)
    {
        this.manager = manager;
        Outer = outer;
    }

    /// <summary>A snapshot of what the scope owns.</summary>
    public IReadOnlyList<IDisposable> DisposablesView
    {
        get
        {
            ObjectDisposedException.ThrowIf(manager is null, this);
            return [.. Members];
        }
    }

    public int DisposablesCount
    {
        get
        {
            ObjectDisposedException.ThrowIf(manager is null, this);
            return Members.Count;
        }
    }

    internal DisposeScope? Outer { get; set; }

    internal HashSet<IDisposable> Members { get; private set; } = new(ReferenceEqualityComparer.Instance);

    public bool Contains(IDisposable disposable) => Members.Contains(disposable);

    public T MoveToOuter<T>(T disposable) where T : IDisposable => MoveToOther(Outer, disposable);

    public (T1, T2) MoveToOuter<T1, T2>(T1 first, T2 second) where T1 : IDisposable where T2 : IDisposable =>
        MoveToOther(Outer, first, second);

    public (T1, T2, T3) MoveToOuter<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : IDisposable where T2 : IDisposable where T3 : IDisposable => MoveToOther(Outer, first, second, third);

    public void MoveToOuter(params IDisposable[] disposables) => MoveToOuter((IEnumerable<IDisposable>)disposables);

    /// <summary>Gives members to the scope around this one, or to nobody where there is none.</summary>
    public void MoveToOuter(IEnumerable<IDisposable> disposables) => MoveToOther(Outer, disposables);

    public T MoveToOther<T>(DisposeScope? scope, T disposable) where T : IDisposable
    {
        MoveToOther(scope, [disposable]);
        return disposable;
    }

    public (T1, T2) MoveToOther<T1, T2>(DisposeScope? scope, T1 first, T2 second) where T1 : IDisposable where T2 : IDisposable
    {
        MoveToOther(scope, [first, second]);
        return (first, second);
    }

    public (T1, T2, T3) MoveToOther<T1, T2, T3>(DisposeScope? scope, T1 first, T2 second, T3 third)
        where T1 : IDisposable where T2 : IDisposable where T3 : IDisposable
    {
        MoveToOther(scope, [first, second, third]);
        return (first, second, third);
    }

    public void MoveToOther(DisposeScope? scope, params IDisposable[] disposables) =>
        MoveToOther(scope, (IEnumerable<IDisposable>)disposables);

    /// <summary>Gives members to another scope, or to nobody for null. What is not a member stays where it is.</summary>
    public void MoveToOther(DisposeScope? scope, IEnumerable<IDisposable> disposables)
    {
        ObjectDisposedException.ThrowIf(manager is null, this);
        if (scope is null)
        {
            Detach(disposables);
            return;
        }
        foreach (var disposable in disposables)
        {
            if (Members.Remove(disposable)) scope.Take(disposable);
        }
    }

    public T Detach<T>(T disposable) where T : IDisposable
    {
        Detach([disposable]);
        return disposable;
    }

    public (T1, T2) Detach<T1, T2>(T1 first, T2 second) where T1 : IDisposable where T2 : IDisposable
    {
        Detach([first, second]);
        return (first, second);
    }

    public (T1, T2, T3) Detach<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : IDisposable where T2 : IDisposable where T3 : IDisposable
    {
        Detach([first, second, third]);
        return (first, second, third);
    }

    public void Detach(params IDisposable[] disposables) => Detach((IEnumerable<IDisposable>)disposables);

    /// <summary>Lets members go: whoever holds them disposes them.</summary>
    public void Detach(IEnumerable<IDisposable> disposables)
    {
        ObjectDisposedException.ThrowIf(manager is null, this);
        foreach (var disposable in disposables)
        {
            if (Members.Remove(disposable) && disposable is torch.Tensor tensor)
            {
                manager.Counts.TensorStatistics.DetachedFromScopeCount++;
                tensor.OwningScope = null;
            }
        }
    }

    public void Attach(IDisposable disposable) => Attach((IEnumerable<IDisposable>)[disposable]);

    public void Attach(params IDisposable[] disposables) => Attach((IEnumerable<IDisposable>)disposables);

    /// <summary>Makes this scope the owner, whoever was before.</summary>
    public IReadOnlyList<IDisposable> Attach(IEnumerable<IDisposable> disposables)
    {
        ObjectDisposedException.ThrowIf(manager is null, this);
        var attached = new List<IDisposable>();
        foreach (var disposable in disposables)
        {
            if (Take(disposable)) manager.Counts.TensorStatistics.AttachedToScopeCount++;
            attached.Add(disposable);
        }
        return attached;
    }

    public void DisposeEverything() => DisposeEverythingBut((IEnumerable<IDisposable>)[]);

    public T DisposeEverythingBut<T>(T keep) where T : IDisposable
    {
        DisposeEverythingBut((IEnumerable<IDisposable>)[keep]);
        return keep;
    }

    public (T1, T2) DisposeEverythingBut<T1, T2>(T1 first, T2 second) where T1 : IDisposable where T2 : IDisposable
    {
        DisposeEverythingBut((IEnumerable<IDisposable>)[first, second]);
        return (first, second);
    }

    public (T1, T2, T3) DisposeEverythingBut<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : IDisposable where T2 : IDisposable where T3 : IDisposable
    {
        DisposeEverythingBut((IEnumerable<IDisposable>)[first, second, third]);
        return (first, second, third);
    }

    public void DisposeEverythingBut(params IDisposable[] keep) => DisposeEverythingBut((IEnumerable<IDisposable>)keep);

    /// <summary>Disposes the members except those named; the scope goes on, with these as its members.</summary>
    public void DisposeEverythingBut(IEnumerable<IDisposable> inKeep)
    {
        ObjectDisposedException.ThrowIf(manager is null, this);
        var before = Members;
        Members = new HashSet<IDisposable>(inKeep, ReferenceEqualityComparer.Instance);
        foreach (var disposable in before)
        {
            if (!Members.Contains(disposable)) disposable.Dispose();
        }
    }

    /// <summary>Forgets a member that was disposed by itself.</summary>
    public void MarkAsDisposed(IDisposable disposable)
    {
        ObjectDisposedException.ThrowIf(manager is null, this);
        Members.Remove(disposable);
        if (disposable is torch.Tensor tensor) tensor.OwningScope = null;
    }

    public void Dispose()
    {
        if (manager is null) return;
        DisposeEverything();
        manager.Close(this);
        manager = null;
    }

    /// <summary>Puts <paramref name="replacement"/> into the place of <paramref name="original"/> in its scope, if it has one.</summary>
    internal static void Replace(torch.Tensor original, torch.Tensor replacement)
    {
        var scope = original.OwningScope;
        if (scope is null || !scope.Members.Remove(original)) return;
        original.OwningScope = null;
        scope.Take(replacement);
    }

    // True when the owner changed.
    private bool Take(IDisposable disposable)
    {
        if (disposable is not torch.Tensor tensor) throw new InvalidOperationException("a DisposeScope owns tensors only");
        if (tensor.OwningScope == this)
        {
            Members.Add(tensor);
            return false;
        }
        Members.Add(tensor);
        tensor.OwningScope?.Members.Remove(tensor);
        tensor.OwningScope = this;
        return true;
    }
}
