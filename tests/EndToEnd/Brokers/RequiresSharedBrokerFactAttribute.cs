using IotAttest.Support;

namespace IotAttest.EndToEnd.Tests.Brokers;

/// <summary>A fact that needs mosquitto and PostgreSQL; without them it is skipped and says which is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RequiresSharedBrokerFactAttribute : FactAttribute
{
    public RequiresSharedBrokerFactAttribute() => Skip = Tools.ReasonToSkip("mosquitto", "mosquitto_passwd") ?? PostgresServer.ReasonToSkip;
}
