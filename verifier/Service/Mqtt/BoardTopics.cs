using IotAttest.Protocol;

namespace IotAttest.Service.Mqtt;

/// <summary>The topics of one board, made once per session.</summary>
internal sealed class BoardTopics(string ueid)
{
    public string Hello { get; } = Topics.Hello(ueid);

    public string Challenge { get; } = Topics.Challenge(ueid);

    public string Evidence { get; } = Topics.Evidence(ueid);

    public string Result { get; } = Topics.Result(ueid);
}
