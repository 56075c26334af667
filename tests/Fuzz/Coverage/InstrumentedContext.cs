using System.Reflection;
using System.Runtime.Loader;

namespace IotAttest.Fuzz.Tests.Coverage;

/// <summary>Loads this program once more, bound to instrumented copies of the verifier's assemblies; nothing on disk is changed.</summary>
internal sealed class InstrumentedContext() : AssemblyLoadContext("instrumented")
{
    private static readonly string[] Instrumented = ["IotAttest.Protocol", "IotAttest.Domain", "IotAttest.Mqtt", "IotAttest.Conformance", "IotAttest.Service"];
    private static readonly Assembly Here = typeof(InstrumentedContext).Assembly;

    private static readonly Lazy<Func<string[], TextWriter, int>> Runner = new(Load);

    /// <summary>Runs <see cref="FuzzCommand.Run"/> on the instrumented copies.</summary>
    public static int Run(string[] arguments, TextWriter output) => Runner.Value(arguments, output);

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        string path = Path.Combine(AppContext.BaseDirectory, $"{assemblyName.Name}.dll");
        return assemblyName.Name switch
        {
            { } name when Instrumented.Contains(name) => LoadFromStream(Instrumenter.Instrument(path)),
            { } name when name == Here.GetName().Name => LoadFromAssemblyPath(path),
            _ => null,
        };
    }

    private static Func<string[], TextWriter, int> Load()
    {
        MethodInfo run = new InstrumentedContext().LoadFromAssemblyName(Here.GetName()).GetType(typeof(FuzzCommand).FullName!, throwOnError: true)!.GetMethod(nameof(FuzzCommand.Run))!;
        return run.CreateDelegate<Func<string[], TextWriter, int>>();
    }
}
