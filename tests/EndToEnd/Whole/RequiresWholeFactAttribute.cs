namespace IotAttest.EndToEnd.Tests.Whole;

/// <summary>A fact that needs RabbitMQ and PostgreSQL; without them it is skipped and says which is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RequiresWholeFactAttribute : FactAttribute
{
    public RequiresWholeFactAttribute() => Skip = WholeCluster.ReasonToSkip;
}
