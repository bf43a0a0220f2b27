namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            /// <summary>
            /// The parameters and persistent buffers under their dotted names: first all parameters, then all buffers, then the further
            /// names of shared ones. The tensors are the module's own, not copies.
            /// </summary>
            public virtual Dictionary<string, Tensor> state_dict(Dictionary<string, Tensor>? destination = null, string? prefix = null)
            {
                destination ??= [];
                var start = string.IsNullOrEmpty(prefix) ? "" : prefix + ".";
                foreach (var (key, parameter) in named_parameters()) destination.TryAdd(start + key, parameter);
                foreach (var (key, buffer) in named_buffers(include_nonpersistent: false)) destination.TryAdd(start + key, buffer);
                foreach (var (key, child) in _children) child.state_dict(destination, start + key);
                return destination;
            }

            /// <summary>Copies values into the parameters and buffers of the same names, across dtypes and devices.</summary>
            /// <param name="source">Values by dotted name, as <see cref="state_dict"/> gives them.</param>
            /// <param name="strict">Whether the names must be exactly this module's.</param>
            /// <param name="skip">Names to leave alone.</param>
            /// <returns>The names that <paramref name="source"/> lacks, and those that this module lacks.</returns>
            /// <exception cref="InvalidOperationException">Names differ and <paramref name="strict"/> is set.</exception>
            public virtual (IList<string> missing_keys, IList<string> unexpected_keyes) load_state_dict(
                Dictionary<string, Tensor> source, bool strict = true, IList<string>? skip = null)
            {
                var own = state_dict();
                var skipped = new HashSet<string>(skip ?? []);
                var unexpected = source.Keys.Where(key => !skipped.Contains(key) && !own.ContainsKey(key)).ToList();
                var missing = own.Keys.Where(key => !skipped.Contains(key) && !source.ContainsKey(key)).ToList();
                if (strict && (missing.Count > 0 || unexpected.Count > 0))
                    throw new InvalidOperationException(
                        "The loaded state_dict is not identical to the target dictionary. "
                        + $"Missing: {Listed(missing)}. Unexpected: {Listed(unexpected)}.");
                using var frozen = no_grad();
                foreach (var (key, value) in source)
                    if (!skipped.Contains(key) && own.TryGetValue(key, out var target)) target.copy_(value);
                return (missing, unexpected);
            }

            private static string Listed(List<string> keys) => keys.Count == 0 ? "none" : string.Join(", ", keys);
        }
    }
}
