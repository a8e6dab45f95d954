"""PyTorch's lines in a program of its own."""

from reportgen.frameworks.recipe import Keeping, Recipe

STATE = Keeping(
    summary=(
        "print(model)\n"
        "for name, value in model.named_parameters():\n"
        '    print(f"{name:24} {tuple(value.shape)}")\n'
        "parameters = sum(value.numel() for value in model.parameters() if value.requires_grad)\n"
        'print(f"Trainable parameters: {parameters:,}")'
    ),
    save='torch.save(model.state_dict(), f"{MODEL}.pth")',
    load='model.load_state_dict(torch.load(f"{MODEL}.pth", weights_only=True))',
    files=(".pth",),
)

RECIPE = Recipe(
    distributions=("torch", "torchvision"),
    imports="import torch",
    seed="torch.manual_seed(SEED)",
    seed_by_hand="torch.manual_seed(SEED)",
    set_threads="reportgen.frameworks.pytorch.threads:set_threads",
    parameters="model.parameters(), ",
    keeping={"pytorch": STATE},
    tensor="torch.tensor({})",
    array="{}.detach().numpy()",
)
