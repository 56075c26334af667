using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Exporters.Json;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;

// Half an hour becomes a few minutes. BenchmarkDotNet's own --job adds a job beside this one, with the toolchain that does not work here.
const string Short = "--short";
Job job = args.Contains(Short) ? Job.ShortRun.WithIterationTime(TimeInterval.FromMilliseconds(200)) : Job.Default;

// In this process: a toolchain that builds projects of its own would have to restore packages where none may be reached.
ManualConfig config = ManualConfig.CreateEmpty()
    .AddJob(job.WithToolchain(InProcessEmitToolchain.Instance))
    .AddDiagnoser(MemoryDiagnoser.Default)
    .AddColumnProvider(DefaultColumnProviders.Instance)
    .AddExporter(MarkdownExporter.GitHub, JsonExporter.Brief)
    .AddLogger(ConsoleLogger.Default);
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run([.. args.Where(word => word != Short)], config);
