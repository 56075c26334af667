using System.Text;

namespace IotAttest.Cli.Demo;

/// <summary>The files of hardware/ that this program carries: board templates and real nanoFramework assemblies.</summary>
internal static class DemoFiles
{
    public static string BoardTemplate(string board) => Encoding.UTF8.GetString(Read($"boards/{board}"));

    public static byte[] Assembly(string name, string version) => Read($"samples/{name}-{version}.pe");

    private static byte[] Read(string name)
    {
        using Stream stream = typeof(DemoFiles).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"This program was built without {name}.");
        byte[] content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}
