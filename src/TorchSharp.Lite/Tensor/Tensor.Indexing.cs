using System.Runtime.CompilerServices;
using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        [IndexerName("TensorItems")]
        public Tensor this[params TensorIndex[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        [IndexerName("TensorItems")]
        public Tensor this[params Tensor[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1]
        {
            get => index(i1);
            set => index_put_(value, i1);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2]
        {
            get => index(i1, i2);
            set => index_put_(value, i1, i2);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3]
        {
            get => index(i1, i2, i3);
            set => index_put_(value, i1, i2, i3);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3, long i4]
        {
            get => index(i1, i2, i3, i4);
            set => index_put_(value, i1, i2, i3, i4);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3, long i4, long i5]
        {
            get => index(i1, i2, i3, i4, i5);
            set => index_put_(value, i1, i2, i3, i4, i5);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3, long i4, long i5, long i6]
        {
            get => index(i1, i2, i3, i4, i5, i6);
            set => index_put_(value, i1, i2, i3, i4, i5, i6);
        }

        [IndexerName("TensorItems")]
        public Tensor this[params long[] indices]
        {
            get => index(Array.ConvertAll(indices, static i => (TensorIndex)i));
            set => index_put_(value, Array.ConvertAll(indices, static i => (TensorIndex)i));
        }

        /// <summary>What Python's <c>tensor[...]</c> gives: a view unless an index is a tensor or a bool.</summary>
        public Tensor index(params TensorIndex[] indices)
        {
            var view = View(indices, out var picked);
            if (picked is null) return view;
            var result = Op.IndexTensor.Call(view, picked);
            Release(view, picked, indices);
            return result;
        }

        public Tensor index(params Tensor[] indices) => Op.IndexTensor.Call(this, indices);

        public Tensor index_put_(Tensor value, params TensorIndex[] indices) => index_put_(value, indices, accumulate: false);

        public Tensor index_put_(Tensor value, params Tensor[] indices) => index_put_(value, indices, accumulate: false);

        /// <summary>Assigns, or adds where <paramref name="accumulate"/>; the value is broadcast.</summary>
        public Tensor index_put_(Tensor value, TensorIndex[] indices, bool accumulate = false)
        {
            var view = View(indices, out var picked);
            if (picked is not null) Op.IndexPut_.Run(view, picked, value, accumulate);
            else if (accumulate) view.add_(value);
            else Assign(view, value);
            Release(view, picked, indices);
            return this;
        }

        public Tensor index_put_(Tensor value, Tensor[] indices, bool accumulate = false)
        {
            Op.IndexPut_.Run(this, indices, value, accumulate);
            return this;
        }

        public Tensor index_put_(Scalar value, params TensorIndex[] indices)
        {
            using var scalar = full([], value, dtype, device);
            return index_put_(scalar, indices, accumulate: false);
        }

        public Tensor index_put_(Scalar value, params Tensor[] indices)
        {
            using var scalar = full([], value, dtype, device);
            return index_put_(scalar, indices, accumulate: false);
        }

        /// <summary>Elements from start to finish, in steps.</summary>
        public Tensor slice(long dim, long start, long finish, long step) => Op.SliceTensor.Call(this, dim, start, finish, step);

        public Tensor select(long dim, long index) => Op.SelectInt.Call(this, dim, index);

        public Tensor narrow(long dim, long start, long length) => Op.Narrow.Call(this, dim, start, length);

        // Applies numbers, slices and new axes as views; tensors and bools end up in `picked`, at their dimension of the view.
        private Tensor View(TensorIndex[] indices, out Tensor?[]? picked)
        {
            var view = alias();
            picked = null;
            var dim = 0;
            for (var i = 0; i < indices.Length; i++)
            {
                ref readonly var index = ref indices[i];
                switch (index.Kind)
                {
                    case TensorIndex.IndexKind.Single when index.Start is { } position:
                        view = Replace(view, Op.SelectInt.Call(view, dim, position));
                        break;
                    case TensorIndex.IndexKind.Slice:
                        if (index.Start is not null || index.Stop is not null || index.Step is not null)
                            view = Replace(view, Op.SliceTensor.Call(view, dim, index.Start, index.Stop, index.Step ?? 1));
                        dim++;
                        break;
                    case TensorIndex.IndexKind.Ellipsis:
                        dim = (int)view.ndim - indices.Skip(i + 1).Sum(DimensionsTaken);
                        break;
                    case TensorIndex.IndexKind.Bool:
                        view = Replace(view, view.unsqueeze(dim));
                        Pick(ref picked, dim++, tensor(index.Start == 1).reshape(1));
                        break;
                    case TensorIndex.IndexKind.Tensor:
                        Pick(ref picked, dim, index.Mask!);
                        dim += DimensionsTaken(index);
                        break;
                    default:
                        view = Replace(view, view.unsqueeze(dim++));
                        break;
                }
            }
            return view;
        }

        private static int DimensionsTaken(TensorIndex index) => index.Kind switch
        {
            TensorIndex.IndexKind.Single when index.Start is null => 0,
            TensorIndex.IndexKind.NewAxis or TensorIndex.IndexKind.Bool or TensorIndex.IndexKind.Ellipsis => 0,
            TensorIndex.IndexKind.Tensor when index.Mask!.dtype is ScalarType.Bool or ScalarType.Byte => (int)index.Mask.ndim,
            _ => 1,
        };

        private static Tensor Replace(Tensor before, Tensor after)
        {
            before.Dispose();
            return after;
        }

        private static void Pick(ref Tensor?[]? picked, int dim, Tensor index)
        {
            Array.Resize(ref picked, dim + 1);
            picked[dim] = index;
        }

        // Disposes what indexing made for itself: the view, and the tensors that stand for bools.
        private static void Release(Tensor view, Tensor?[]? picked, TensorIndex[] indices)
        {
            view.Dispose();
            foreach (var tensor in picked ?? [])
            {
                if (tensor is not null && !indices.Any(index => ReferenceEquals(index.Mask, tensor))) tensor.Dispose();
            }
        }

        // As Python does, leading axes of extent 1 that the view lacks are dropped from the value.
        private static void Assign(Tensor view, Tensor value)
        {
            var extents = value.shape;
            var extra = 0;
            while (extra < extents.Length - view.ndim && extents[extra] == 1) extra++;
            if (extra == 0)
            {
                view.copy_(value);
                return;
            }
            using var fitting = value.reshape(extents[extra..]);
            view.copy_(fitting);
        }
    }
}

file static class Op
{
    public static readonly Operator IndexTensor = new("index.Tensor");
    public static readonly Operator IndexPut_ = new("index_put_");
    public static readonly Operator SelectInt = new("select.int");
    public static readonly Operator SliceTensor = new("slice.Tensor");
    public static readonly Operator Narrow = new("narrow");
}
