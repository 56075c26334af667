using IotAttest.Domain.Products;
using IotAttest.Service.Certificates;
using IotAttest.Service.Hosting;
using IotAttest.Service.Problems;

namespace IotAttest.Service.Products;

/// <summary>The words of a component's status: inForce, suspended, withdrawn, expired, unknown.</summary>
internal static class ComponentStatusWord
{
    private const int MaxLength = 20;

    public static ComponentStatus? Find(string word) =>
        Enum.GetValues<ComponentStatus>().Where(status => EnumWord.Of(status) == word).Select(status => (ComponentStatus?)status).SingleOrDefault();

    /// <exception cref="ProblemException">Absent, or no such word.</exception>
    public static ComponentStatus Parse(RequestFields fields, string name)
    {
        string word = fields.Text(name, MaxLength);
        return Find(word) ?? throw fields.Wrong(name, $"\"{word}\"", string.Join(", ", Enum.GetValues<ComponentStatus>().Select(EnumWord.Of)));
    }
}
