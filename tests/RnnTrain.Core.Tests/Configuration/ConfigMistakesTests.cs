namespace RnnTrain.Tests.Configuration;

/// <summary>Every kind of bad value, with the whole line that a person reads.</summary>
public sealed class ConfigMistakesTests
{
    /// <summary>The keys of the block `training`, in the order in which they are declared.</summary>
    internal const string TrainingKeys =
        "epochs, maximum_steps, optimizer, schedule, average, clip_norm, clip_value, accumulate, on_non_finite, truncate_after, loss_reduction, label_smoothing, scheduled_sampling, weight_noise, activation_regularization, temporal_activation_regularization, penalty, early_stopping, log_every";

    /// <summary>A part of the valid configuration, what stands there instead, and the line.</summary>
    public static TheoryData<string, string, string> Mistakes => new()
    {
        {
            "seed: 7", "sede: 7",
            "c.yaml:2:1: sede: unknown key; allowed here: name, seed, device, precision, threads, engine, task, data, model, training, evaluation, checkpoints, sample, decoding; did you mean 'seed'?"
        },
        {
            "  clip_norm: 5", "  learning_rate: 5",
            $"c.yaml:26:3: training.learning_rate: unknown key; allowed here: {TrainingKeys}; 'learning_rate' belongs to training.optimizer"
        },
        {
            "  clip_norm: 5", "  betas: [0.9, 0.99]",
            $"c.yaml:26:3: training.betas: unknown key; allowed here: {TrainingKeys}; 'betas' belongs to training.optimizer with `type: careful`"
        },
        {
            "    learning_rate: 1e-3", "    lr: 1e-3",
            "c.yaml:25:5: training.optimizer.lr: unknown key; allowed here: type, learning_rate, momentum; did you mean 'learning_rate'?"
        },
        {
            "    learning_rate: 1e-3", "    learningRate: 1e-3",
            "c.yaml:25:5: training.optimizer.learningRate: unknown key; allowed here: type, learning_rate, momentum; did you mean 'learning_rate'?"
        },
        {
            "    learning_rate: 1e-3", "    learning_rate: 1e-3\n    betas: [0.9, 0.99]",
            "c.yaml:26:5: training.optimizer.betas: unknown key; allowed here: type, learning_rate, momentum; 'betas' belongs to training.optimizer with `type: careful`"
        },
        {
            "  clip_norm: 5", "  extends: b.yaml",
            $"c.yaml:26:3: training.extends: unknown key; allowed here: {TrainingKeys}; `extends` stands at the top of a file only"
        },
        {
            "  clip_norm: 5", "  zzz: 1",
            $"c.yaml:26:3: training.zzz: unknown key; allowed here: {TrainingKeys}"
        },
        {
            "task: {type: guess}", "task: {type: guess, x: 1}",
            "c.yaml:3:21: task.x: unknown key; allowed here: type"
        },
        {
            "task: {type: guess}", "",
            "c.yaml:1:1: task: missing; add a block with `type`: guess or fill (What the network learns to do)"
        },
        {
            "  hidden_size: 10\n", "",
            "c.yaml:12:1: model.hidden_size: missing; add a whole number of at least 1, or give layer_sizes"
        },
        {
            "    learning_rate: 1e-3\n", "",
            "c.yaml:23:3: training.optimizer.learning_rate: missing; add a number, above 0 (The step size, before the schedule's factor)"
        },
        {
            "    type: gated\n", "",
            "c.yaml:14:3: model.cell.type: missing; allowed: plain or gated"
        },
        {
            "    type: gated\n", "    type: gatd\n",
            "c.yaml:15:11: model.cell.type: found 'gatd'; allowed: plain or gated; did you mean 'gated'?"
        },
        {
            "    type: gated\n", "    type: [gated]\n",
            "c.yaml:15:11: model.cell.type: found a list; allowed: plain or gated"
        },
        {
            "  hidden_size: 10", "  hidden_size: ten",
            "c.yaml:17:16: model.hidden_size: found 'ten'; allowed: a whole number, at least 1, or null"
        },
        {
            "  hidden_size: 10", "  hidden_size: \"10\"",
            "c.yaml:17:16: model.hidden_size: found the text \"10\"; allowed: a whole number, at least 1, or null; remove the quotes"
        },
        {
            "  hidden_size: 10", "  hidden_size: 0",
            "c.yaml:17:16: model.hidden_size: found '0'; allowed: a whole number, at least 1, or null"
        },
        {
            "  hidden_size: 10", "  hidden_size: 010",
            "c.yaml:17:16: model.hidden_size: found '010'; allowed: a whole number, at least 1, or null; write 10"
        },
        {
            "  hidden_size: 10", "  hidden_size: 0x10",
            "c.yaml:17:16: model.hidden_size: found '0x10'; allowed: a whole number, at least 1, or null; write it in decimal"
        },
        {
            "  hidden_size: 10", "  hidden_size: 1e1",
            "c.yaml:17:16: model.hidden_size: found '1e1'; allowed: a whole number, at least 1, or null; write 10"
        },
        {
            "  hidden_size: 10", "  hidden_size: 10.0",
            "c.yaml:17:16: model.hidden_size: found '10.0'; allowed: a whole number, at least 1, or null; write 10"
        },
        {
            "  hidden_size: 10", "  hidden_size: 1_000",
            "c.yaml:17:16: model.hidden_size: found '1_000'; allowed: a whole number, at least 1, or null; write 1000"
        },
        {
            "  hidden_size: 10", "  hidden_size: 10.5",
            "c.yaml:17:16: model.hidden_size: found '10.5'; allowed: a whole number, at least 1, or null"
        },
        {
            "  hidden_size: 10", "  hidden_size: 99999999999",
            "c.yaml:17:16: model.hidden_size: found '99999999999'; allowed: a whole number, at least 1, or null; at most 2147483647 can be kept"
        },
        {
            "  epochs: 3", "  epochs:",
            "c.yaml:22:10: training.epochs: found nothing; allowed: a whole number, at least 1"
        },
        {
            "  epochs: 3", "  epochs: null",
            "c.yaml:22:11: training.epochs: found null; allowed: a whole number, at least 1"
        },
        {
            "  hidden_size: 10", "  hidden_size: [10]",
            "c.yaml:17:16: model.hidden_size: found a list; allowed: a whole number, at least 1, or null"
        },
        {
            "  hidden_size: 10", "  hidden_size: {a: 10}",
            "c.yaml:17:16: model.hidden_size: found a block of keys; allowed: a whole number, at least 1, or null"
        },
        {
            "  hidden_size: 10", "  hidden_size: true",
            "c.yaml:17:16: model.hidden_size: found 'true'; allowed: a whole number, at least 1, or null"
        },
        {
            "  clip_norm: 5", "  clip_norm: .inf",
            "c.yaml:26:14: training.clip_norm: found '.inf'; allowed: a number, above 0, or null; a number must be finite"
        },
        {
            "  clip_norm: 5", "  clip_norm: 1e999",
            "c.yaml:26:14: training.clip_norm: found '1e999'; allowed: a number, above 0, or null; a number must be finite"
        },
        {
            "  clip_norm: 5", "  clip_norm: 0",
            "c.yaml:26:14: training.clip_norm: found '0'; allowed: a number, above 0, or null"
        },
        {
            "  clip_norm: 5", "  clip_norm: \"5\"",
            "c.yaml:26:14: training.clip_norm: found the text \"5\"; allowed: a number, above 0, or null; remove the quotes"
        },
        {
            "  clip_norm: 5", "  clip_norm: 1,5",
            "c.yaml:26:14: training.clip_norm: found '1,5'; allowed: a number, above 0, or null; write no comma: 1.5, 1000"
        },
        {
            "  clip_norm: 5", "  clip_norm: 1,000.5",
            "c.yaml:26:14: training.clip_norm: found '1,000.5'; allowed: a number, above 0, or null; write no comma: 1.5, 1000"
        },
        {
            "between_layers: 0.1", "between_layers: 1",
            "c.yaml:20:21: model.dropout.between_layers: found '1'; allowed: a number, at least 0 and below 1"
        },
        {
            "  tie_weights: true", "  tie_weights: yes",
            "c.yaml:18:16: model.tie_weights: found 'yes'; allowed: true or false; write true"
        },
        {
            "  tie_weights: true", "  tie_weights: \"true\"",
            "c.yaml:18:16: model.tie_weights: found the text \"true\"; allowed: true or false; remove the quotes"
        },
        {
            "  tie_weights: true", "  tie_weights: maybe",
            "c.yaml:18:16: model.tie_weights: found 'maybe'; allowed: true or false"
        },
        {
            "  tie_weights: true", "  path: fast",
            "c.yaml:18:9: model.path: found 'fast'; allowed: auto, fused or unrolled"
        },
        {
            "  tie_weights: true", "  path: Fused",
            "c.yaml:18:9: model.path: found 'Fused'; allowed: auto, fused or unrolled; did you mean 'fused'?"
        },
        {
            "device: cpu", "device: gpu",
            "c.yaml:27:9: device: found 'gpu'; allowed: auto, cpu, cuda, or cuda:N"
        },
        {
            "device: cpu", "threads: 0",
            "c.yaml:27:10: threads: found '0'; allowed: `auto`, or a whole number from 1 to 1024"
        },
        {
            "device: cpu", "evaluation: {every: 0}",
            "c.yaml:27:21: evaluation.every: found '0'; allowed: `epoch`, or a whole number of steps from 1"
        },
        {
            "device: cpu", "evaluation: 5",
            "c.yaml:27:13: evaluation: found '5'; allowed: a block of keys"
        },
        {
            "device: cpu", "evaluation:",
            "c.yaml:27:12: evaluation: found nothing; allowed: a block of keys; remove the key, or write {}"
        },
        {
            "device: cpu", "evaluation: [5]",
            "c.yaml:27:13: evaluation: found a list; allowed: a block of keys"
        },
        {
            "  train: [a.txt, b.txt]", "  train: [a.txt, [b.txt]]",
            "c.yaml:6:18: data.train[1]: found a list; allowed: text"
        },
        {
            "  train: [a.txt, b.txt]", "  train: [a.txt, null]",
            "c.yaml:6:18: data.train[1]: found null; allowed: text"
        },
        {
            "  train: [a.txt, b.txt]", "  train: {a: b.txt}",
            "c.yaml:6:10: data.train: found a block of keys; allowed: text, or a list of texts"
        },
        {
            "  train: [a.txt, b.txt]", "  train: []",
            "c.yaml:6:3: data.train: no file is named; name at least one file"
        },
        {
            "  train: [a.txt, b.txt]", "  train: ",
            "c.yaml:6:9: data.train: found nothing; allowed: text, or a list of texts"
        },
        {
            "task: {type: guess}", "task: {type: fill, shares: [0.5, 2]}",
            "c.yaml:3:34: task.shares[1]: found '2'; allowed: a number, at least 0 and at most 1"
        },
        {
            "task: {type: guess}", "task: {type: fill, shares: 0.5}",
            "c.yaml:3:28: task.shares: found '0.5'; allowed: a list, each item a number, at least 0 and at most 1; write [0.5]"
        },
        {
            "task: {type: guess}", "task: {type: fill, cell: {type: plain, forget_bias: 1}}",
            "c.yaml:3:40: task.cell.forget_bias: unknown key; allowed here: type; 'forget_bias' belongs to task.cell with `type: gated`, model.cell with `type: gated` or model.decoder.cell with `type: gated`"
        },
        {
            "task: {type: guess}", "task: {type: fill, parts: [{test: 0.1}, {tset: 1}]}",
            "c.yaml:3:42: task.parts[1].tset: unknown key; allowed here: validation, test; did you mean 'test'?"
        },
        {
            "name: trial", "name: a/b",
            "c.yaml:1:1: name: 'a/b' cannot name the run's folder; use up to 100 letters, digits, '-', '_' and '.', a letter or digit first"
        },
        {
            "name: trial", "name: ''",
            "c.yaml:1:1: name: '' cannot name the run's folder; use up to 100 letters, digits, '-', '_' and '.', a letter or digit first"
        },
        {
            "device: cpu", "device: cpu\nprecision: bf16\nengine: onednn",
            "c.yaml:29:1: engine: oneDNN computes fp32 here, and precision is bf16; use auto"
        },
        {
            "  hidden_size: 10", "  layer_sizes: []",
            "c.yaml:17:3: model.layer_sizes: the list is empty; give a size for each layer, [200, 200]"
        },
        {
            "  hidden_size: 10", "  hidden_size: 10\n  layer_sizes: [10, 10]",
            "c.yaml:18:3: model.layer_sizes: hidden_size is given too; give one of the two"
        },
        {
            "  hidden_size: 10", "  layers: 2\n  layer_sizes: [10, 10]",
            "c.yaml:18:3: model.layer_sizes: layers is given too, and the list says how many there are; remove layers"
        },
        {
            "  hidden_size: 10", "  layer_sizes: [10, 12]",
            "c.yaml:18:3: model.tie_weights: the embedding has 10 features and the recurrent output 12; make them equal, or do not tie"
        },
        {
            "  hidden_size: 10", "  hidden_size: 10\n  combine: sum",
            "c.yaml:18:3: model.combine: there is one direction; set bidirectional to true, or remove the key"
        },
        {
            "  hidden_size: 10", "  hidden_size: 10\n  zoneout: {hidden: 0}",
            "c.yaml:18:3: model.zoneout: nothing keeps its value; give a share for hidden or memory, or remove the block"
        },
        {
            "    between_layers: 0.1", "    locked: true",
            "c.yaml:20:5: model.dropout.locked: nothing is dropped; give a share for embedding, between_layers or output, or remove the key"
        },
        {
            "embedding_size: 10", "embedding_size: 12",
            "c.yaml:18:3: model.tie_weights: the embedding has 12 features and the recurrent output 10; make them equal, or do not tie"
        },
        {
            "  tie_weights: true", "  tie_weights: true\n  output: parts",
            "c.yaml:18:3: model.tie_weights: parts have no matrix to share; do not tie"
        },
        {
            "  validation: c.txt", "  validation: c.txt\n  split: {validation: 0.1}",
            "c.yaml:8:11: data.split.validation: data.validation names files too; give one of the two"
        },
        {
            "  validation: c.txt", "  split: {validation: 0.6, test: 0.4}",
            "c.yaml:7:3: data.split: validation and test together take all the data; their sum must be below 1"
        },
        {
            "  validation: c.txt", "  split: {test: 0.1}\n  test: d.txt",
            "c.yaml:7:11: data.split.test: data.test names files too; give one of the two"
        },
        {
            "device: cpu", "seed: 3",
            "c.yaml:27:1: seed: the key is given twice, first in line 2; keep one of the two"
        },
        {
            "device: cpu", "device: &d cpu",
            "c.yaml:27:9: device: found the anchor '&d'; put a text that begins with '&' in quotes; anchors are not read"
        },
        {
            "device: cpu", "device: *d",
            "c.yaml:27:9: device: found the alias '*d'; put a text that begins with '*' in quotes; aliases are not read"
        },
        {
            "device: cpu", "device: !!str cpu",
            "c.yaml:27:9: device: found the tag 'tag:yaml.org,2002:str'; put a text that begins with '!' in quotes; tags are not read"
        },
        {
            "device: cpu", "device: ${DEVICE}",
            "c.yaml:27:9: device: the environment variable DEVICE is not set; set it, or write ${DEVICE:-default}"
        },
        {
            "device: cpu", "device: ${DEVICE",
            "c.yaml:27:9: device: '${' begins the name of an environment variable; write ${NAME} or ${NAME:-default}, or $${ for a plain ${"
        },
        {
            "device: cpu", "device: ${}",
            "c.yaml:27:9: device: '${' begins the name of an environment variable; write ${NAME} or ${NAME:-default}, or $${ for a plain ${"
        },
        {
            "device: cpu", "bidirectional: true",
            "c.yaml:27:1: bidirectional: unknown key; allowed here: name, seed, device, precision, threads, engine, task, data, model, training, evaluation, checkpoints, sample, decoding; 'bidirectional' belongs to model"
        },
        {
            "  tie_weights: true", "  bidirectional: true",
            "c.yaml:18:3: model.bidirectional: a guess looks forward only; remove it"
        },
        {
            "device: cpu", "training.epochs: 3",
            "c.yaml:27:1: training.epochs: unknown key; allowed here: name, seed, device, precision, threads, engine, task, data, model, training, evaluation, checkpoints, sample, decoding; write training: {epochs: …}"
        },
        {
            "  train: [a.txt, b.txt]", "  train: *.txt",
            "c.yaml:6:10: data.train: found the alias '*.txt'; put a text that begins with '*' in quotes; aliases are not read"
        },
        {
            "  train: [a.txt, b.txt]", "  train: **/*.txt",
            "c.yaml:6:10: data.train: found the alias '**/*.txt'; put a text that begins with '*' in quotes; aliases are not read"
        },
        {
            "  train: [a.txt, b.txt]", "  train: !a.txt",
            "c.yaml:6:10: data.train: found the tag '!a.txt'; put a text that begins with '!' in quotes; tags are not read"
        },
        {
            "device: cpu", "\"a\\nb\": 1",
            "c.yaml:27:1: a\uFFFDb: unknown key; allowed here: name, seed, device, precision, threads, engine, task, data, model, training, evaluation, checkpoints, sample, decoding"
        },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_is_one_clear_line(string part, string replacement, string line)
    {
        Assert.Equal(line, Assert.Single(ConfigFolder.MistakesOf(part, replacement)));
    }
}
