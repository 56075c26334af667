namespace IotAttest.Domain.Crosswalk;

/// <summary>Who has to act when a requirement is not met.</summary>
public enum ResponsibleActor
{
    /// <summary>Who makes the product.</summary>
    Manufacturer = 1,

    /// <summary>Who certified it.</summary>
    Body = 2,

    /// <summary>Who put it into a system.</summary>
    Integrator = 3,

    /// <summary>Who runs it.</summary>
    Operator = 4,
}
