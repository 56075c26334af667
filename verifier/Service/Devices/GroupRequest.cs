using IotAttest.Service.Hosting;

namespace IotAttest.Service.Devices;

/// <summary>The body that puts a board into a group: <c>{"group":"Hall 3"}</c>; null takes it out.</summary>
internal sealed record GroupRequest(string? Group)
{
    public const int MaxLength = 64;

    /// <exception cref="Problems.ProblemException">No text of that length.</exception>
    public static GroupRequest Parse(ReadOnlyMemory<byte> json)
    {
        using RequestFields fields = RequestFields.Parse(json, "group");
        return new GroupRequest(fields.OptionalText("group", MaxLength));
    }
}
