using IotAttest.Fuzz.Tests.Coverage;

return InstrumentedContext.Run(args, Console.Out);
