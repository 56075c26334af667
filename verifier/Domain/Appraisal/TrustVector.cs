namespace IotAttest.Domain.Appraisal;

/// <summary>The AR4SI trust vector: per claim a value from -128 to 127, null where nothing is claimed (rats.md, EAR result).</summary>
/// <param name="InstanceIdentity">Label 0.</param>
/// <param name="Configuration">Label 1.</param>
/// <param name="Executables">Label 2.</param>
/// <param name="Hardware">Label 4.</param>
public sealed record TrustVector(int? InstanceIdentity, int? Configuration, int? Executables, int? Hardware)
{
    private const int WarningFloor = 32;
    private const int ContraindicatedFloor = 96;

    /// <summary>ear_status: no better than the worst claim; 0, 2, 32 or 96.</summary>
    public int Status
    {
        get
        {
            int worst = new[] { InstanceIdentity, Configuration, Executables, Hardware }.Max() ?? 0;
            return worst switch
            {
                >= ContraindicatedFloor => ContraindicatedFloor,
                >= WarningFloor => WarningFloor,
                >= 2 => 2,
                _ => 0,
            };
        }
    }
}
