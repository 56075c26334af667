using Mono.Cecil;

namespace IotAttest.Architecture.Tests.Nano.Stubs;

/// <summary>Finds the assemblies that boards have by name: the class library's and the project's own.</summary>
internal sealed class BoardResolver(Func<string, byte[]?> find) : IAssemblyResolver
{
    private readonly Dictionary<string, AssemblyDefinition> _known = [];

    public AssemblyDefinition Resolve(AssemblyNameReference name) => Resolve(name, new ReaderParameters());

    public AssemblyDefinition Resolve(AssemblyNameReference name, ReaderParameters parameters)
    {
        lock (_known)
        {
            if (!_known.TryGetValue(name.Name, out AssemblyDefinition? assembly))
            {
                byte[] image = find(name.Name) ?? throw new AssemblyResolutionException(name);
                assembly = AssemblyDefinition.ReadAssembly(new MemoryStream(image), new ReaderParameters { AssemblyResolver = this });
                _known.Add(name.Name, assembly);
            }

            return assembly;
        }
    }

    public void Dispose()
    {
        foreach (AssemblyDefinition assembly in _known.Values)
        {
            assembly.Dispose();
        }
    }
}
