using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Mono.Cecil;

namespace IotAttest.Interop.Tests.Checksum;

/// <summary>Compiles C# 9 text into an assembly that is only looked at, never loaded.</summary>
internal static class ManagedSource
{
    private static readonly MetadataReference[] Library = [MetadataReference.CreateFromFile(typeof(object).Assembly.Location)];

    public static ModuleDefinition Compile(string assembly, params string[] texts)
    {
        MemoryStream image = new();
        CSharpCompilation compilation = CSharpCompilation.Create(
            assembly,
            texts.Select(text => CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.CSharp9))),
            Library,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release));
        Diagnostic[] errors = [.. compilation.Emit(image).Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)];
        Assert.True(errors.Length == 0, string.Join('\n', errors.AsEnumerable()));
        image.Position = 0;
        return ModuleDefinition.ReadModule(image);
    }

    /// <summary>A class with so many managed methods, its constructor among them, and native ones after them. With 0 the class is static.</summary>
    public static string Class(string fullName, int managed, params string[] natives)
    {
        int dot = fullName.LastIndexOf('.');
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"namespace {fullName[..dot]} {{ public {(managed == 0 ? "static " : "")}class {fullName[(dot + 1)..]} {{ ");
        if (managed > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"public {fullName[(dot + 1)..]}() {{ }} "); // a constructor left to the compiler would come last
        }

        for (int i = 1; i < managed; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"public void M{i}() {{ }} ");
        }

        foreach (string native in natives)
        {
            text.Append("[System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.InternalCall)] ").Append(native).Append("; ");
        }

        return text.Append("} }").ToString();
    }
}
